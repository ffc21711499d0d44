namespace CrRegistry.Client.Paging;

/// <summary>How a user names an instance: by its ID.</summary>
public static class InstanceReference
{
    /// <summary>Whether a text has the form of an instance's ID.</summary>
    /// <param name="text">The text, for example <c>cri-kmsiwlxxdcvaduwb</c>.</param>
    /// <returns>True if it has.</returns>
    public static bool IsId(string text) => Identifier.HasPrefix(text, "cri-");
}
