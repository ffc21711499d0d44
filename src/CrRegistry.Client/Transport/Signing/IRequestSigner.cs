namespace CrRegistry.Client.Transport.Signing;

/// <summary>Creates signed HTTP requests.</summary>
internal interface IRequestSigner
{
    /// <summary>Signs one attempt. Each attempt needs its own stamp, because the service accepts a nonce once.</summary>
    SignedRequest Sign(ApiRequest request, Credential credential, RequestStamp stamp);
}
