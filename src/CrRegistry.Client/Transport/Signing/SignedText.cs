using CrRegistry.Requests;

namespace CrRegistry.Client.Transport.Signing;

/// <summary>
/// Shows what is under the signature of a request: the canonical request of version 3, or the string that version 1 signs. Values are shown
/// by name. Values of other names are masked, so that an unknown name hides too much, and never too little.
/// </summary>
internal static class SignedText
{
    private const string Signature = nameof(Signature);

    /// <summary>The common parameters and headers whose values are shown. Each operation lists its own parameters.</summary>
    private static readonly HashSet<string> s_common = new(StringComparer.Ordinal)
    {
        "Action", "Version", "Format", "SignatureMethod", "SignatureVersion", "SignatureNonce", "Timestamp", "AccessKeyId",
        "host", "content-type", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256", "x-acs-accesskey-id",
    };

    /// <summary>The text, whichever way the request is signed, with <c>***</c> in place of values that are not shown.</summary>
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

    /// <summary>The signature itself, which nobody is to see: for the list of what is hidden.</summary>
    public static string? SignatureOf(HttpRequestMessage request) => Authorization(request) is { } authorization
        ? authorization.Signature
        : Query(request).FirstOrDefault(field => field.Name == Signature).Value is { } signature ? Uri.UnescapeDataString(signature) : null;

    /// <summary>What version 1 signs is the query as it is sent, encoded once more.</summary>
    private static string StringToSign(HttpRequestMessage request, Operation operation) => $"{request.Method}&%2F&" + string.Join("%26", Query(request)
        .Where(field => field.Name != Signature)
        .Select(field => Uri.EscapeDataString(field.Name) + "%3D" + Shown(operation, field.Name, Uri.EscapeDataString(field.Value))));

    private static string Shown(Operation operation, string name, string value) =>
        s_common.Contains(name) || operation.ShownParameters.Contains(name) ? value : Secrets.Mask;

    /// <summary>The parts of the header Authorization, as Acs3Signer wrote them; null where there is none.</summary>
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
