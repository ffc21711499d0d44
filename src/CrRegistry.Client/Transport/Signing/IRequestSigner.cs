namespace CrRegistry.Client.Transport.Signing;

/// <summary>Creates signed HTTP requests.</summary>
internal interface IRequestSigner
{
    /// <summary>Signs one attempt.</summary>
    /// <param name="request">The request.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="nonce">The nonce. Each attempt needs its own, because the service accepts a nonce once.</param>
    /// <param name="date">The date. It must be within 15 minutes of the service's clock.</param>
    SignedRequest Sign(ApiRequest request, Credential credential, string nonce, DateTimeOffset date);
}
