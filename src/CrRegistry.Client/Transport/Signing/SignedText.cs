using CrRegistry.Requests;

namespace CrRegistry.Client.Transport.Signing;

/// <summary>
/// Describes the signed text of a request: the canonical request of version 3, or the string to sign of version 1. Values are shown
/// by name. Values of other names are masked, so that nothing unknown is shown.
/// </summary>
internal static class SignedText
{
    private const string Signature = nameof(Signature);

    /// <summary>The common parameters and headers whose values are shown. <see cref="Operation.Shows"/> has those of the operations.</summary>
    private static readonly HashSet<string> s_common = new(StringComparer.Ordinal)
    {
        "Action", "Version", "Format", "SignatureMethod", "SignatureVersion", "SignatureNonce", "Timestamp", "AccessKeyId",
        "host", "content-type", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256", "x-acs-accesskey-id",
    };

    /// <summary>Returns the signed text with <c>***</c> in place of values that are not shown.</summary>
    /// <param name="request">The signed request.</param>
    /// <param name="operation">The operation that it calls.</param>
    public static string Of(HttpRequestMessage request, Operation operation)
    {
        if (Authorization(request) is not { } authorization) return StringToSign(request, operation);
        var names = authorization.SignedHeaders;
        var lines = new List<string> { request.Method.Method, request.RequestUri.AbsolutePath };
        lines.Add(string.Join("&", Query(request).Select(field => $"{field.Name}={Shown(operation, field.Name, field.Value)}")));
        lines.AddRange(names.Split(';').Select(name => $"{name}:{Shown(operation, name, Header(request, name))}"));
        return string.Join("\n", [.. lines, string.Empty, names, Header(request, "x-acs-content-sha256")]);
    }

    /// <summary>Returns the signature, which is hidden from errors.</summary>
    public static string? SignatureOf(HttpRequestMessage request) => Authorization(request) is { } authorization
        ? authorization.Signature
        : Query(request).FirstOrDefault(field => field.Name == Signature).Value is { } signature ? Uri.UnescapeDataString(signature) : null;

    /// <summary>Returns the string to sign of version 1: the encoded query of the request, encoded again.</summary>
    private static string StringToSign(HttpRequestMessage request, Operation operation) => $"{request.Method}&%2F&" + string.Join("%26", Query(request)
        .Where(field => field.Name != Signature)
        .Select(field => Uri.EscapeDataString(field.Name) + "%3D" + Shown(operation, field.Name, Uri.EscapeDataString(field.Value))));

    private static string Shown(Operation operation, string name, string value) =>
        s_common.Contains(name) || operation.Shows(name) ? value : Secrets.Mask;

    /// <summary>Returns the parts of the header Authorization by Acs3Signer; null if there is none.</summary>
    private static (string SignedHeaders, string Signature)? Authorization(HttpRequestMessage request)
    {
        var fields = Header(request, nameof(Authorization)).Split(',');
        string? Field(string name) => fields.FirstOrDefault(field => field.StartsWith(name, StringComparison.Ordinal))?.Substring(name.Length);
        return Field("SignedHeaders=") is { } names && Field("Signature=") is { } signature ? (names, signature) : null;
    }

    private static string Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : string.Empty;

    private static IEnumerable<(string Name, string Value)> Query(HttpRequestMessage request) =>
        from field in request.RequestUri.Query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries)
        let end = field.IndexOf('=')
        select end < 0 ? (field, string.Empty) : (field.Substring(0, end), field.Substring(end + 1));
}
