namespace CrRegistry.Client.Transport.Signing;

/// <summary>A request that is signed and ready to be sent. It remembers what was signed: a refusal may have to be compared with it.</summary>
internal sealed class SignedRequest : HttpRequestMessage
{
    public SignedRequest(string method, Uri uri, string stringToSign) : base(new HttpMethod(method), uri)
    {
        StringToSign = stringToSign;
        // Without content, .NET's handler sends a request again by itself if a kept connection closes before the reply. A write must not be sent twice.
        if (Method == HttpMethod.Post) Content = new ByteArrayContent([]);
    }

    /// <summary>The text under the signature. It may hold a security token, so it is never shown.</summary>
    public string StringToSign { get; }
}
