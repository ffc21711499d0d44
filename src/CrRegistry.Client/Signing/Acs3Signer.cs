using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrRegistry.Client.Credentials;
using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Signing;

/// <summary>
/// Signature version 3, <c>ACS3-HMAC-SHA256</c>: the default of all current SDKs.
/// Everything that is read travels as GET, with the parameters in the query and no body.
/// </summary>
internal sealed class Acs3Signer : IRequestSigner
{
    private const string Algorithm = "ACS3-HMAC-SHA256";

    /// <summary>SHA-256 of nothing.</summary>
    private const string EmptyBodyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public HttpRequestMessage Sign(ApiRequest request, Credential credential, RequestStamp stamp)
    {
        var query = CanonicalQuery.Build(request.Parameters);
        var uri = new Uri(request.Endpoint, query.Length == 0 ? "/" : "/?" + query);
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = uri.Authority,
            ["x-acs-action"] = request.Action,
            ["x-acs-content-sha256"] = EmptyBodyHash,
            ["x-acs-date"] = stamp.Date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["x-acs-signature-nonce"] = stamp.Nonce,
            ["x-acs-version"] = request.Version,
        };
        if (credential.SecurityToken is { } token)
        {
            signed["x-acs-accesskey-id"] = credential.AccessKeyId;
            signed["x-acs-security-token"] = token;
        }

        var message = new HttpRequestMessage(HttpMethod.Get, uri);
        foreach (var header in signed) message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        message.Headers.TryAddWithoutValidation("accept", "application/json");
        message.Headers.TryAddWithoutValidation("Authorization", Authorize(message.Method.Method, query, signed, credential));
        return message;
    }

    /// <summary>The value of the Authorization header.</summary>
    internal static string Authorize(
        string method, string canonicalQuery, SortedDictionary<string, string> signedHeaders, Credential credential)
    {
        var names = string.Join(";", signedHeaders.Keys);
        var canonicalRequest = string.Join("\n",
            method, "/", canonicalQuery,
            string.Concat(signedHeaders.Select(header => header.Key + ":" + header.Value.Trim() + "\n")),
            names, signedHeaders["x-acs-content-sha256"]);
        using var sha = SHA256.Create();
        var stringToSign = Algorithm + "\n" + LowerHex(sha.ComputeHash(Encoding.UTF8.GetBytes(canonicalRequest)));
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(credential.AccessKeySecret));
        var signature = LowerHex(hmac.ComputeHash(Encoding.UTF8.GetBytes(stringToSign)));
        return $"{Algorithm} Credential={credential.AccessKeyId},SignedHeaders={names},Signature={signature}";
    }

    private static string LowerHex(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (var b in bytes) text.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
