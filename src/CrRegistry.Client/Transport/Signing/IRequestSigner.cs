namespace CrRegistry.Client.Transport.Signing;

/// <summary>Turns an API request into a signed HTTP request.</summary>
internal interface IRequestSigner
{
    /// <summary>Signs one attempt. Each attempt needs a stamp of its own: the service takes a nonce once.</summary>
    SignedRequest Sign(ApiRequest request, Credential credential, RequestStamp stamp);
}
