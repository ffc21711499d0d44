namespace CrRegistry;

/// <summary>The values of <see cref="CrApiException.Code"/> for failures that this side finds, beside the service's own codes.</summary>
public static class CrErrorCode
{
    /// <summary>No connection to the service could be made, or it broke.</summary>
    public const string ConnectionFailed = nameof(ConnectionFailed);

    /// <summary>The service did not answer in time.</summary>
    public const string RequestTimeout = nameof(RequestTimeout);

    /// <summary>No secure connection to the service could be made: most often its certificate is not trusted.</summary>
    public const string TlsFailed = nameof(TlsFailed);

    /// <summary>A proxy on the way to the service asks for a credential.</summary>
    public const string ProxyAuthenticationRequired = nameof(ProxyAuthenticationRequired);

    /// <summary>The host redirects the request elsewhere; redirects are not followed.</summary>
    public const string Redirected = nameof(Redirected);

    /// <summary>The reply is not what the operation's document promises.</summary>
    public const string InvalidResult = nameof(InvalidResult);

    /// <summary>A list ended before all of its rows had come.</summary>
    public const string IncompleteListing = nameof(IncompleteListing);

    /// <summary>No source gave a credential, or one gave half of one.</summary>
    public const string CredentialUnavailable = nameof(CredentialUnavailable);
}
