using System.Security.Cryptography;
using System.Text;

namespace CrRegistry.Client.Transport.Signing;

/// <summary>
/// RPC signature version 1: HMAC-SHA1 over all parameters. It requests replies in XML, for which the service documents no other way.
/// All parameters are in the query, also for POST, and the body is empty.
/// </summary>
internal sealed class RpcV1Signer : IRequestSigner
{
    public SignedRequest Sign(ApiRequest request, Credential credential, string nonce, DateTimeOffset date)
    {
        var parameters = request.Parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value, StringComparer.Ordinal);
        parameters["Action"] = request.Operation.Name;
        parameters["Version"] = request.Operation.Version;
        parameters["Format"] = "XML";
        parameters["AccessKeyId"] = credential.AccessKeyId;
        parameters["SignatureMethod"] = "HMAC-SHA1";
        parameters["SignatureVersion"] = "1.0";
        parameters["SignatureNonce"] = nonce;
        parameters["Timestamp"] = SignedRequest.DateText(date);
        if (credential.SecurityToken is { } token) parameters["SecurityToken"] = token;

        var query = SignedRequest.QueryOf(parameters);
        var stringToSign = StringToSign(request.Operation.Method, query);
        var signature = Uri.EscapeDataString(Signature(stringToSign, credential));
        return new SignedRequest(request.Operation.Method, new Uri(request.Endpoint, $"/?{query}&Signature={signature}"), stringToSign);
    }

    /// <summary>Returns the string to sign: the method, the path, which is always the root, and the encoded query of the request, encoded again.</summary>
    internal static string StringToSign(string method, string canonicalQuery) => $"{method}&%2F&{Uri.EscapeDataString(canonicalQuery)}";

    /// <summary>The value of the parameter Signature, before it is encoded.</summary>
    internal static string Signature(string stringToSign, Credential credential)
    {
#pragma warning disable CA5350 // The service prescribes HMAC-SHA1 for this version of the signature.
        using var hmac = new HMACSHA1(Encoding.UTF8.GetBytes(credential.AccessKeySecret + "&"));
#pragma warning restore CA5350
        return Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(stringToSign)));
    }
}
