namespace CrRegistry;

/// <summary>The requested format of replies. The output of commands does not depend on it.</summary>
public enum CrFormat
{
    /// <summary>JSON, with requests signed by signature version 3 (ACS3-HMAC-SHA256). The default.</summary>
    Json,

    /// <summary>XML, with requests signed by RPC version 1 (HMAC-SHA1). The service documents XML only for this version.</summary>
    Xml,
}
