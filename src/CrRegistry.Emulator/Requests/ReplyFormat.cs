namespace CrRegistry.Emulator.Requests;

/// <summary>The format that a reply was asked for in.</summary>
public enum ReplyFormat
{
    /// <summary>JSON.</summary>
    Json,

    /// <summary>XML, which only the v1 signature offers.</summary>
    Xml,
}
