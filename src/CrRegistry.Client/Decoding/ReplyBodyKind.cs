namespace CrRegistry.Client.Decoding;

/// <summary>What the body of a reply is to be read as.</summary>
internal enum ReplyBodyKind
{
    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>JSON, or nothing that is known.</summary>
    Json,

    /// <summary>XML.</summary>
    Xml,

    /// <summary>A page for a browser: whoever sent it, it was not the API.</summary>
    Html,
}
