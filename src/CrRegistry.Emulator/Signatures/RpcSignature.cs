using System.Security.Cryptography;
using System.Text;

namespace CrRegistry.Emulator.Signatures;

/// <summary>
/// The RPC v1 signature, HMAC-SHA1 over all parameters. Separate from the client's implementation on purpose,
/// because the client is tested against it. A shared mistake would not be found.
/// </summary>
internal static class RpcSignature
{
    public static string StringToSign(string method, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        string query = PercentEncoding.Query(parameters.Where(pair => pair.Key != "Signature"));
        return $"{method}&%2F&{PercentEncoding.Encode(query)}";
    }

#pragma warning disable CA5350 // The service requires HMAC-SHA1 for this version.
    public static string Sign(string secret, string stringToSign) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret + "&"), Encoding.UTF8.GetBytes(stringToSign)));
#pragma warning restore CA5350
}
