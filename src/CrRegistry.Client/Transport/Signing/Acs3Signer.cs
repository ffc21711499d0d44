using System.Security.Cryptography;
using System.Text;

namespace CrRegistry.Client.Transport.Signing;

/// <summary>
/// Signature version 3, <c>ACS3-HMAC-SHA256</c>: the default of all current SDKs.
/// The parameters are in the query, also for POST, and the body is empty.
/// </summary>
internal sealed class Acs3Signer : IRequestSigner
{
    private const string Algorithm = "ACS3-HMAC-SHA256";
    private const string BodyHashHeader = "x-acs-content-sha256";

    /// <summary>SHA-256 of the empty body.</summary>
    private const string EmptyBodyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public SignedRequest Sign(ApiRequest request, Credential credential, string nonce, DateTimeOffset date)
    {
        var query = SignedRequest.QueryOf(request.Parameters);
        var uri = new Uri(request.Endpoint, query.Length == 0 ? "/" : "/?" + query);
        // In ordinal order, as they are signed.
        List<KeyValuePair<string, string>> signed = [new("host", uri.Authority)];
        if (credential.SecurityToken is not null) signed.Add(new("x-acs-accesskey-id", credential.AccessKeyId));
        signed.Add(new("x-acs-action", request.Operation.Name));
        signed.Add(new(BodyHashHeader, EmptyBodyHash));
        signed.Add(new("x-acs-date", SignedRequest.DateText(date)));
        if (credential.SecurityToken is { } token) signed.Add(new("x-acs-security-token", token));
        signed.Add(new("x-acs-signature-nonce", nonce));
        signed.Add(new("x-acs-version", request.Operation.Version));

        var stringToSign = StringToSign(request.Operation.Method, query, signed);
        var message = new SignedRequest(request.Operation.Method, uri, stringToSign);
        foreach (var header in signed) message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        message.Headers.TryAddWithoutValidation("accept", "application/json");
        message.Headers.TryAddWithoutValidation("Authorization", Authorize(stringToSign, signed, credential));
        return message;
    }

    /// <summary>Returns the string to sign: a hash of the request, its query and its signed headers, which are in ordinal order.</summary>
    internal static string StringToSign(string method, string canonicalQuery, List<KeyValuePair<string, string>> signedHeaders)
    {
        var canonicalRequest = new StringBuilder(1024).Append(method).Append("\n/\n").Append(canonicalQuery).Append('\n');
        foreach (var header in signedHeaders) canonicalRequest.Append(header.Key).Append(':').Append(header.Value.Trim()).Append('\n');
        canonicalRequest.Append('\n').Append(Names(signedHeaders)).Append('\n').Append(signedHeaders.Find(header => header.Key == BodyHashHeader).Value);
        using var sha = SHA256.Create();
        return Algorithm + "\n" + LowerHex(sha.ComputeHash(Encoding.UTF8.GetBytes(canonicalRequest.ToString())));
    }

    /// <summary>The value of the Authorization header.</summary>
    internal static string Authorize(string stringToSign, List<KeyValuePair<string, string>> signedHeaders, Credential credential)
    {
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(credential.AccessKeySecret));
        var signature = LowerHex(hmac.ComputeHash(Encoding.UTF8.GetBytes(stringToSign)));
        return $"{Algorithm} Credential={credential.AccessKeyId},SignedHeaders={Names(signedHeaders)},Signature={signature}";
    }

    private static string Names(List<KeyValuePair<string, string>> headers) => string.Join(";", headers.ConvertAll(static header => header.Key));

    private static string LowerHex(byte[] bytes)
    {
        const string Digits = "0123456789abcdef";
        var text = new char[bytes.Length * 2];
        for (var place = 0; place < bytes.Length; place++) (text[2 * place], text[(2 * place) + 1]) = (Digits[bytes[place] >> 4], Digits[bytes[place] & 15]);
        return new string(text);
    }
}
