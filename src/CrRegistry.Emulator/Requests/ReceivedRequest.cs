using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace CrRegistry.Emulator.Requests;

/// <summary>A received request that is not verified yet.</summary>
internal sealed class ReceivedRequest
{
    private readonly IHeaderDictionary _headers;

    private ReceivedRequest(HttpRequest request, byte[] body)
    {
        _headers = request.Headers;
        Method = request.Method;
        Path = request.Path.Value ?? "/";
        Body = body;
        Query = Decode(request.QueryString.Value);
        Form = request.HasFormContentType ? Decode(Encoding.UTF8.GetString(body)) : [];
        Parameters = new CallParameters([.. Query, .. Form]);
    }

    public string Method { get; }

    public string Path { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Form { get; }

    public byte[] Body { get; }

    public CallParameters Parameters { get; }

    /// <summary>True if it is signed by headers (V3) and not by parameters (RPC v1). The official client of RPC v1 sends the action in both.</summary>
    public bool IsV3 => Header("Authorization") is not null || (Header("x-acs-action") is not null && Parameters.Optional("Action") is null);

    public string? Action => IsV3 ? Header("x-acs-action") : Parameters.Optional("Action");

    public string? Version => IsV3 ? Header("x-acs-version") : Parameters.Optional("Version");

    // The service documents XML only for v1.
    public ReplyFormat Format =>
        !IsV3 && string.Equals(Parameters.Optional("Format"), "XML", StringComparison.OrdinalIgnoreCase) ? ReplyFormat.Xml : ReplyFormat.Json;

    public string Host => Header("host") ?? "";

    public static async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return new ReceivedRequest(request, body.ToArray());
    }

    /// <summary>Returns a header's trimmed value. The values of a repeated header are sorted and joined, as they are signed. Null if the header is missing or empty.</summary>
    public string? Header(string name) =>
        string.Join(',', _headers[name].Select(value => value?.Trim()).Order(StringComparer.Ordinal)) is { Length: > 0 } value ? value : null;

    private static List<KeyValuePair<string, string>> Decode(string? encoded)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (var pair in new QueryStringEnumerable(encoded))
            pairs.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        return pairs;
    }
}
