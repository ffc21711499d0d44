using System.Globalization;

namespace CrRegistry.Client.Transport.Signing;

/// <summary>A signed request with its string to sign, which is compared with that of the service after a rejection.</summary>
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

    /// <summary>
    /// Returns the query as it is signed and sent: the parameters in ordinal order of their names, percent-encoded over UTF-8 except
    /// <c>A-Z a-z 0-9 - _ . ~</c>. An empty value stays as <c>name=</c>.
    /// </summary>
    public static string QueryOf(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join("&", parameters
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => Uri.EscapeDataString(parameter.Key) + "=" + Uri.EscapeDataString(parameter.Value)));

    /// <summary>Returns a date as both signatures write it: UTC, without a fraction.</summary>
    public static string DateText(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Returns the nonce of one attempt.</summary>
    public static string NewNonce() => Guid.NewGuid().ToString("N");
}
