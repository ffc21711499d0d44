using System.Security.Cryptography;
using System.Text;

namespace CrRegistry.Emulator.Signatures;

/// <summary>
/// The V3 signature, ACS3-HMAC-SHA256 over the request and its headers. Separate from the client's implementation on
/// purpose, because the client is tested against it. A shared mistake would not be found.
/// </summary>
internal static class AcsV3Signature
{
    public const string Algorithm = "ACS3-HMAC-SHA256";

    public static string CanonicalRequest(
        string method,
        string path,
        IEnumerable<KeyValuePair<string, string>> query,
        IEnumerable<KeyValuePair<string, string>> signedHeaders,
        string bodyHash)
    {
        KeyValuePair<string, string>[] headers = [.. signedHeaders.OrderBy(header => header.Key, StringComparer.Ordinal)];
        string lines = string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"));
        string names = string.Join(';', headers.Select(header => header.Key));
        return $"{method}\n{path}\n{PercentEncoding.Query(query)}\n{lines}\n{names}\n{bodyHash}";
    }

    public static string StringToSign(string canonicalRequest) =>
        $"{Algorithm}\n{Hash(Encoding.UTF8.GetBytes(canonicalRequest))}";

    public static string Sign(string secret, string stringToSign) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(stringToSign)));

    public static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
