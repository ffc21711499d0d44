using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrRegistry.Emulator.Tests;

/// <summary>Signs requests without code of the client or the emulator, and lets a test change them before they are sent.</summary>
internal sealed class SignedCaller(Uri address, string keyId, string keySecret, string instanceId, string repoId)
{
    private static readonly HttpClient s_http = new(new SocketsHttpHandler { UseProxy = false });

    public SignedCaller(EmulatorServer server)
        : this(server.Address, server.AccessKeyId, server.AccessKeySecret, server.InstanceId, server.RepoId)
    {
    }

    public string AccessKeyId { get; init; } = keyId;

    public string AccessKeySecret { get; init; } = keySecret;

    public string? SecurityToken { get; init; }

    public DateTimeOffset Date { get; set; } = DateTimeOffset.UtcNow;

    /// <summary>The nonce of all requests; null for a new one for each.</summary>
    public string? Nonce { get; init; }

    /// <summary>The signed value of x-acs-content-sha256; null for the hash of the body.</summary>
    public string? ContentHash { get; init; }

    public string[] UnsignedHeaders { get; init; } = [];

    public Task<Answer> ListRepoTagAsync(params (string Name, string Value)[] paging) =>
        CallAsync("ListRepoTag", [("InstanceId", instanceId), ("RepoId", repoId), .. paging]);

    public Task<Answer> CallAsync(string action, params (string Name, string Value)[] parameters) =>
        SendAsync(V3(HttpMethod.Get, action, parameters));

    public static async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await s_http.SendAsync(request);

        // The sent bytes, before the body is read and parsed as text.
        string contentType = response.Content.Headers.NonValidated["Content-Type"].ToString();
        return new Answer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            contentType,
            response.Headers.TryGetValues("x-acs-request-id", out IEnumerable<string>? ids) ? ids.Single() : null);
    }

    public HttpRequestMessage V3(HttpMethod method, string action, (string Name, string Value)[] parameters, bool inBody = false)
    {
        string query = Encode(parameters);
        byte[] body = Encoding.UTF8.GetBytes(inBody ? query : "");
        string hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = address.Authority,
            ["x-acs-action"] = action,
            ["x-acs-content-sha256"] = ContentHash ?? hash,
            ["x-acs-date"] = DateText(),
            ["x-acs-signature-nonce"] = NonceText(),
            ["x-acs-version"] = "2018-12-01",
        };
        if (SecurityToken is not null)
            headers["x-acs-security-token"] = SecurityToken;
        if (inBody)
            headers["content-type"] = "application/x-www-form-urlencoded";

        string[] signed = [.. headers.Keys.Except(UnsignedHeaders)];
        string canonical = string.Join('\n', [
            method.Method, "/", inBody ? "" : query, .. signed.Select(name => $"{name}:{headers[name]}"), "", string.Join(';', signed), hash]);
        string toSign = "ACS3-HMAC-SHA256\n" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AccessKeySecret), Encoding.UTF8.GetBytes(toSign)));

        var request = new HttpRequestMessage(method, new Uri(address, inBody ? "" : "?" + query));
        if (inBody)
            request.Content = FormOf(body);
        foreach ((string name, string value) in headers.Where(header => header.Key.StartsWith("x-acs-", StringComparison.Ordinal)))
            request.Headers.Add(name, value);
        request.Headers.TryAddWithoutValidation("Authorization", $"ACS3-HMAC-SHA256 Credential={AccessKeyId},SignedHeaders={string.Join(';', signed)},Signature={signature}");
        return request;
    }

    public HttpRequestMessage Rpc(HttpMethod method, string action, (string Name, string Value)[] parameters, bool inBody = false, string format = "JSON")
    {
        (string, string)[] all =
        [
            ("Action", action), ("Version", "2018-12-01"), ("Format", format), ("AccessKeyId", AccessKeyId),
            ("SignatureMethod", "HMAC-SHA1"), ("SignatureVersion", "1.0"), ("SignatureNonce", NonceText()), ("Timestamp", DateText()),
            .. SecurityToken is null ? [] : (ReadOnlySpan<(string, string)>)[("SecurityToken", SecurityToken)],
            .. parameters,
        ];
        string query = Encode(all);
        string toSign = $"{method.Method}&%2F&{Uri.EscapeDataString(query)}";
#pragma warning disable CA5350 // The service requires HMAC-SHA1 for this version.
        byte[] signature = HMACSHA1.HashData(Encoding.UTF8.GetBytes(AccessKeySecret + "&"), Encoding.UTF8.GetBytes(toSign));
#pragma warning restore CA5350
        string signedQuery = $"{query}&Signature={Uri.EscapeDataString(Convert.ToBase64String(signature))}";
        var request = new HttpRequestMessage(method, new Uri(address, inBody ? "" : "?" + signedQuery));
        if (inBody)
            request.Content = FormOf(Encoding.UTF8.GetBytes(signedQuery));
        return request;
    }

    private static ByteArrayContent FormOf(byte[] body) => new(body) { Headers = { { "Content-Type", "application/x-www-form-urlencoded" } } };

    private static string Encode((string Name, string Value)[] parameters) => string.Join('&', parameters
        .OrderBy(pair => pair.Name, StringComparer.Ordinal)
        .Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"));

    private string DateText() => Date.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private string NonceText() => Nonce ?? Guid.NewGuid().ToString("N");
}
