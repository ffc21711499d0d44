namespace CrRegistry.Client.Signing;

/// <summary>A request that is signed and ready to be sent. It remembers what was signed: a refusal may have to be compared with it.</summary>
internal sealed class SignedRequest(HttpMethod method, Uri uri, string stringToSign) : HttpRequestMessage(method, uri)
{
    /// <summary>The text under the signature. It may hold a security token, so it is never shown.</summary>
    public string StringToSign { get; } = stringToSign;
}
