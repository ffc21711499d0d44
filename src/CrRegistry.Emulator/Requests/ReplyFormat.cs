namespace CrRegistry.Emulator.Requests;

/// <summary>The requested format of a reply.</summary>
public enum ReplyFormat
{
    /// <summary>JSON.</summary>
    Json,

    /// <summary>XML, which only requests with the v1 signature can request.</summary>
    Xml,
}
