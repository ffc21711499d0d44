namespace CrRegistry.Requests;

/// <summary>The nouns of rows in messages.</summary>
internal static class Noun
{
    /// <summary>Returns the noun for a number of rows.</summary>
    /// <param name="plural">The noun in the plural, for example <c>repositories</c>.</param>
    /// <param name="count">The number of rows.</param>
    public static string Of(string plural, long count) => count != 1 ? plural : plural.EndsWith("ies", StringComparison.Ordinal) ? plural.Remove(plural.Length - 3) + "y" : plural.Remove(plural.Length - 1);
}
