namespace CrRegistry;

/// <summary>The values of <see cref="CrApiException.Code"/> for failures in the client, in addition to the service's own codes.</summary>
public static class CrErrorCode
{
    /// <summary>The connection to the service failed or was lost.</summary>
    public const string ConnectionFailed = nameof(ConnectionFailed);

    /// <summary>The service did not reply in time.</summary>
    public const string RequestTimeout = nameof(RequestTimeout);

    /// <summary>No secure connection to the service was possible, mostly because its certificate is not trusted.</summary>
    public const string TlsFailed = nameof(TlsFailed);

    /// <summary>A proxy requires a credential.</summary>
    public const string ProxyAuthenticationRequired = nameof(ProxyAuthenticationRequired);

    /// <summary>The host redirects the request. Redirects are not followed.</summary>
    public const string Redirected = nameof(Redirected);

    /// <summary>The reply does not match the documentation of the operation.</summary>
    public const string InvalidResult = nameof(InvalidResult);

    /// <summary>A list ended before all of its rows were received.</summary>
    public const string IncompleteListing = nameof(IncompleteListing);

    /// <summary>No source returned a credential, or a credential is incomplete.</summary>
    public const string CredentialUnavailable = nameof(CredentialUnavailable);

    /// <summary>An earlier change of the same pipeline is of the same object.</summary>
    internal const string ChangedTwice = nameof(ChangedTwice);

    /// <summary>A tag is not the one that was listed.</summary>
    internal const string TagChanged = nameof(TagChanged);

    /// <summary>A tag has another digest than the image reference.</summary>
    internal const string DigestDiffers = nameof(DigestDiffers);

    /// <summary>An instance has no public domain that can be used.</summary>
    internal const string PublicEndpointUnavailable = nameof(PublicEndpointUnavailable);

    /// <summary>An instance has no domain inside a VPC that can be used.</summary>
    internal const string VpcEndpointUnavailable = nameof(VpcEndpointUnavailable);

    /// <summary>The vulnerabilities of a tag are not known, because its latest scan is not complete.</summary>
    internal const string ScanNotComplete = nameof(ScanNotComplete);

    /// <summary>A scan failed.</summary>
    internal const string ScanFailed = nameof(ScanFailed);

    /// <summary>A scan did not end in time.</summary>
    internal const string ScanTimeout = nameof(ScanTimeout);
}
