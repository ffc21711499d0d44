namespace CrRegistry.Client.Transport.Signing;

/// <summary>A signed request with its string to sign, which is compared with that of the service after a refusal.</summary>
internal sealed class SignedRequest : HttpRequestMessage
{
    public SignedRequest(string method, Uri uri, string stringToSign) : base(new HttpMethod(method), uri)
    {
        StringToSign = stringToSign;
        // Without content, .NET's handler sends a request again by itself if a kept connection closes before the reply. A write must not be sent twice.
        if (Method == HttpMethod.Post) Content = new ByteArrayContent([]);
    }

    /// <summary>The string to sign. It may contain a security token, so it is never shown.</summary>
    public string StringToSign { get; }
}
