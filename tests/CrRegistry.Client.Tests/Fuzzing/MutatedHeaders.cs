using System.Text;

namespace CrRegistry.Client.Tests.Fuzzing;

/// <summary>
/// The bytes of one reply of a fuzzing run: a list of one tag. Its seed determines the mutation of headers and framing.
/// The body is not changed, so that every returned list must be this one.
/// </summary>
internal sealed class MutatedHeaders
{
    public const string Body = """{"Code":"success","IsSuccess":true,"TotalCount":"1","PageSize":100,"Images":[{"Tag":"v0"}]}""";

    /// <summary>A reply with an empty list, which the client must never accept.</summary>
    private const string Stray = "HTTP/1.1 200 OK\r\nContent-Length: 64\r\n\r\n{\"Code\":\"success\",\"IsSuccess\":true,\"TotalCount\":\"0\",\"Images\":[]}";

    private static readonly string[] s_statusLines =
    [
        "HTTP/1.1 200 OK", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK", "HTTP/1.0 200 OK", "HTTP/1.1 200", "HTTP/1.1 429 Too Many Requests",
        "HTTP/1.1 503 Unavailable", "HTTP/1.1 204 No Content", "HTTP/1.1 304 Not Modified", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK", "HTTP/1.1 101 Switching Protocols",
        "HTTP/1.1 302 Found\r\nLocation: http://[::", "HTTP/1.1 407 Proxy Authentication Required", "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"a\"",
        "HTTP/1.1 999 \u007f", "HTTP/1.1 0 OK", "HTTP/9.9 200 OK", "HTTP/1.1 2000 OK", "ICY 200 OK", "{}", "",
    ];

    private static readonly string[] s_headers =
    [
        "x-acs-retry-after: 1", "x-acs-retry-after: 60000", "x-acs-retry-after: -1", "x-acs-retry-after: 0", "x-acs-retry-after: 2147483647", "x-acs-retry-after: 99999999999999999999",
        "x-acs-retry-after: soon", "x-acs-retry-after: 1, 2", "x-acs-retry-after: 1.5", "x-acs-retry-after:", "x-acs-retry-after: 1\r\nx-acs-retry-after: 2", "Retry-After: 1e9",
        "Content-Type: text/html", "Content-Type: application/json;charset=nonsense", "Content-Type: ;;;", "Content-Type: text/xml", "Content-Type: a/b/c", "Content-Type:", "Content-Type: ä/ö",
        "Content-Type: application/json\r\nContent-Type: text/html", "Content-Encoding: gzip", "Content-Encoding: deflate", "Content-Encoding: nonsense", "Content-Encoding: gzip, gzip",
        "Date: yesterday", "Date: Fri, 02 Jan 2026 03:04:05 GMT", "Date: Fri, 32 Jan 99999 03:04:05 GMT", "Date:", "x-acs-request-id:", "x-acs-request-id: \u001b[31m", "x-acs-request-id: a\r\nx-acs-request-id: b",
        "Connection: close", "Connection: keep-alive", "Connection: upgrade", "Keep-Alive: timeout=-1", "Set-Cookie: a=b", "Location: javascript:x", "Expires: -1", "no colon", ": no name", " folded: x", "a b: c", "\u0000: \u0000",
    ];

    private static readonly string[] s_tokens = ["\r\n", "\n", "\r", ":", " ", "\t", "\u0000", "\u001b", "ä", "0", "-1", "ffffffffffffffff", ";", ",", "\r\n\r\n", "chunked", "HTTP/1.1 ", "x: "];

    private readonly Random _random;

    public MutatedHeaders(int seed)
    {
        _random = new Random(seed);
        var head = Encoding.UTF8.GetBytes(_random.Pick(s_statusLines) + "\r\n"
            + string.Concat(Enumerable.Range(0, _random.Next(4)).Select(_ => _random.Pick(s_headers) + "\r\n")) + Framing(out var body));
        for (var left = _random.Next(6) - 3; left > 0; left--) head = Mutation.Of(_random, head, s_tokens);
        if (_random.Next(40) == 0) head = [.. head, .. Encoding.ASCII.GetBytes($"x-long: {new string('x', _random.Next(200_000))}\r\n")];
        if (_random.Next(40) == 0) head = [.. head, .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("x-many: x\r\n", _random.Next(5_000))))];
        Bytes = [.. head, .. "\r\n"u8, .. Encoding.UTF8.GetBytes(body), .. Encoding.UTF8.GetBytes(_random.Next(6) == 0 ? Stray : string.Empty)];
        StaysOpen = _random.Next(30) == 0;
    }

    public byte[] Bytes { get; }

    /// <summary>True if the service keeps the connection open, so that only a timeout ends the wait for the rest.</summary>
    public bool StaysOpen { get; }

    private string Framing(out string body)
    {
        body = Body;
        switch (_random.Next(8))
        {
            case 0: return string.Empty;
            case 1: return $"Content-Length: {_random.Pick(["-1", "0", "1", "50", "nonsense", "9", "1e3", "", "16777217", "99999999999999999999", "2147483647", "4294967296", "93, 94"])}\r\n";
            case 2: return $"Content-Length: {Body.Length}\r\nContent-Length: {Body.Length + 1}\r\n";
            case 3: return $"Content-Length: {Body.Length + _random.Next(1, 1000)}\r\n";
            case 4: body = Chunked(); return "Transfer-Encoding: chunked\r\n";
            case 5: body = Chunked(); return $"Transfer-Encoding: {_random.Pick(["chunked, chunked", "gzip, chunked", "Chunked", "identity", "nonsense"])}\r\nContent-Length: {Body.Length}\r\n";
            default: return $"Content-Length: {Body.Length}\r\n";
        }
    }

    /// <summary>The body in two chunks, whose sizes and ends may be wrong.</summary>
    private string Chunked()
    {
        var half = _random.Next(1, Body.Length);
        return $"{Size(half)}{Body[..half]}{_random.Pick(["\r\n", "\r\n", "\r\n", "\n", ""])}{Size(Body.Length - half)}{Body[half..]}\r\n{_random.Pick(["0\r\n\r\n", "0\r\n\r\n", "0\r\nx: y\r\n\r\n", "0\r\nno colon\r\n\r\n", "0", "", "\r\n"])}";
    }

    private string Size(int size) =>
        _random.Pick([$"{size:x}", $"{size:x}", $"{size:x}", $"{size:x}", $"{size:x};a=b", $"00000000{size:x}", $"{size + 1:x}", $"{size - 1:x}", "-1", "g", "ffffffffffffffffff", "7fffffff", ""]) + "\r\n";
}
