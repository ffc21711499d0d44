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

    public SignedRequest Sign(ApiRequest request, Credential credential, RequestStamp stamp)
    {
        var query = CanonicalQuery.Build(request.Parameters);
        var uri = new Uri(request.Endpoint, query.Length == 0 ? "/" : "/?" + query);
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = uri.Authority,
            ["x-acs-action"] = request.Action,
            ["x-acs-content-sha256"] = EmptyBodyHash,
            ["x-acs-date"] = stamp.DateText,
            ["x-acs-signature-nonce"] = stamp.Nonce,
            ["x-acs-version"] = request.Version,
        };
        if (credential.SecurityToken is { } token)
        {
            signed["x-acs-accesskey-id"] = credential.AccessKeyId;
            signed["x-acs-security-token"] = token;
        }

        var stringToSign = StringToSign(HttpMethod.Get.Method, query, signed);
        var message = new SignedRequest(HttpMethod.Get, uri, stringToSign);
        foreach (var header in signed) message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        message.Headers.TryAddWithoutValidation("accept", "application/json");
        message.Headers.TryAddWithoutValidation("Authorization", Authorize(stringToSign, signed.Keys, credential));
        return message;
    }

    /// <summary>What is signed: a hash of the request, its query and its signed headers.</summary>
    internal static string StringToSign(string method, string canonicalQuery, SortedDictionary<string, string> signedHeaders)
    {
        var canonicalRequest = string.Join("\n",
            method, "/", canonicalQuery,
            string.Concat(signedHeaders.Select(header => header.Key + ":" + header.Value.Trim() + "\n")),
            Names(signedHeaders.Keys), signedHeaders["x-acs-content-sha256"]);
        using var sha = SHA256.Create();
        return Algorithm + "\n" + LowerHex(sha.ComputeHash(Encoding.UTF8.GetBytes(canonicalRequest)));
    }

    /// <summary>The value of the Authorization header.</summary>
    internal static string Authorize(string stringToSign, IEnumerable<string> signedHeaders, Credential credential)
    {
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(credential.AccessKeySecret));
        var signature = LowerHex(hmac.ComputeHash(Encoding.UTF8.GetBytes(stringToSign)));
        return $"{Algorithm} Credential={credential.AccessKeyId},SignedHeaders={Names(signedHeaders)},Signature={signature}";
    }

    private static string Names(IEnumerable<string> headers) => string.Join(";", headers);

    private static string LowerHex(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (var b in bytes) text.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
