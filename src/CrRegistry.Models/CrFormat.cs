namespace CrRegistry;

/// <summary>The format in which the service is asked to reply. What is read from a reply does not depend on it.</summary>
public enum CrFormat
{
    /// <summary>JSON, with requests signed by signature version 3 (ACS3-HMAC-SHA256). The default.</summary>
    Json,

    /// <summary>XML, with requests signed by RPC version 1 (HMAC-SHA1): the only way by which the service documents XML.</summary>
    Xml,
}
