namespace CrRegistry.Client.Decoding;

/// <summary>The format of the body of a reply.</summary>
internal enum ReplyBodyKind
{
    /// <summary>An empty body.</summary>
    Empty,

    /// <summary>JSON, or an unknown format.</summary>
    Json,

    /// <summary>XML.</summary>
    Xml,

    /// <summary>HTML, which the API does not return.</summary>
    Html,
}
