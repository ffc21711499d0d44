using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrRegistry.Emulator.Identity;
using CrRegistry.Emulator.Replies;
using CrRegistry.Emulator.Requests;

namespace CrRegistry.Emulator.Signatures;

/// <summary>Verifies signatures of both versions, dates and nonces, like the service's gateway.</summary>
internal sealed class RequestVerifier(KeyRing keys, TimeProvider clock)
{
    private const string ApiVersion = "2018-12-01";

    private const string TokenHeader = "x-acs-security-token";

    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(15);
    private static readonly string[] s_headersToSign =
        ["host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"];

    private readonly NonceLedger _nonces = new();

    public void Verify(ReceivedRequest request)
    {
        if (request.Action is null)
            throw ApiFault.Missing("Action");
        if (request.Version is not { } version)
            throw ApiFault.Missing("Version");
        if (version is not (ApiVersion or StsService.Version))
            throw ApiFault.BadRequest("InvalidVersion", "Specified parameter Version is not valid.");
        if (StsService.IsUnsigned(request))
            return;
        if (request.IsV3)
            VerifyV3(request);
        else
            VerifyRpc(request);
    }

    private void VerifyV3(ReceivedRequest request)
    {
        var authorization = AcsV3Authorization.Parse(request.Header("Authorization"));
        foreach (string name in s_headersToSign)
        {
            if (request.Header(name) is null || !authorization.SignedHeaders.Contains(name))
                throw ApiFault.BadRequest("IncompleteSignature", $"The header {name} must be sent and signed.");
        }

        AccessKey key = keys.Find(authorization.AccessKeyId, SignedToken(request, authorization));
        VerifyDate(request.Header("x-acs-date")!);
        string bodyHash = AcsV3Signature.Hash(request.Body);
        string canonical = AcsV3Signature.CanonicalRequest(
            request.Method,
            request.Path,
            request.Query,
            authorization.SignedHeaders.Select(name => KeyValuePair.Create(name, request.Header(name) ?? "")),
            bodyHash);
        string stringToSign = AcsV3Signature.StringToSign(canonical);
        if (request.Header("x-acs-content-sha256") != bodyHash)
            throw Mismatch(stringToSign);
        VerifySignature(authorization.Signature, AcsV3Signature.Sign(key.Secret, stringToSign), stringToSign);
        VerifyNonce(request.Header("x-acs-signature-nonce")!);
    }

    private void VerifyRpc(ReceivedRequest request)
    {
        CallParameters parameters = request.Parameters;
        string keyId = parameters.Required("AccessKeyId");
        string signature = parameters.Required("Signature");
        string nonce = parameters.Required("SignatureNonce");
        string date = parameters.Required("Timestamp");
        if (parameters.Required("SignatureMethod") != "HMAC-SHA1" || parameters.Required("SignatureVersion") != "1.0")
            throw ApiFault.BadRequest("IncompleteSignature", "SignatureMethod must be HMAC-SHA1, and SignatureVersion 1.0.");
        AccessKey key = keys.Find(keyId, parameters.Optional("SecurityToken"));
        VerifyDate(date);
        string stringToSign = RpcSignature.StringToSign(request.Method, [.. request.Query, .. request.Form]);
        VerifySignature(signature, RpcSignature.Sign(key.Secret, stringToSign), stringToSign);
        VerifyNonce(nonce);
    }

    // An unsigned token could belong to another caller.
    private static string? SignedToken(ReceivedRequest request, AcsV3Authorization authorization) =>
        request.Header(TokenHeader) is { } token && !authorization.SignedHeaders.Contains(TokenHeader)
            ? throw ApiFault.BadRequest("IncompleteSignature", $"The header {TokenHeader} must be signed.")
            : request.Header(TokenHeader);

    private void VerifyDate(string text)
    {
        if (!DateTimeOffset.TryParseExact(text, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date))
            throw ApiFault.BadRequest("InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
        if ((clock.GetUtcNow() - date).Duration() > s_tolerance)
            throw ApiFault.BadRequest("InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
    }

    private static void VerifySignature(string received, string reckoned, string stringToSign)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(received), Encoding.UTF8.GetBytes(reckoned)))
            throw Mismatch(stringToSign);
    }

    // Checked last, so that a request that was rejected for another reason can be corrected and sent again.
    private void VerifyNonce(string nonce)
    {
        if (!_nonces.TryUse(nonce, clock.GetUtcNow()))
            throw ApiFault.BadRequest("SignatureNonceUsed", "Specified signature nonce was used already.");
    }

    // The service returns its string to sign. If the caller has the same string, the secrets differ.
    private static ApiFault Mismatch(string stringToSign) => ApiFault.BadRequest(
        "SignatureDoesNotMatch",
        $"Specified signature is not matched with our calculation. server string to sign is:{stringToSign}");
}
