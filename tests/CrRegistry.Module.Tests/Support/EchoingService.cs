using System.Text.Encodings.Web;
using System.Web;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Module.Tests.Support;

/// <summary>A service whose replies quote the whole request, header by header.</summary>
internal static class EchoingService
{
    public static RawServer Start(string kind) => new(connection => AnswerAsync(connection, kind));

    private static async Task AnswerAsync(RawServer.Connection connection, string kind)
    {
        var head = await connection.ReadHeadAsync();
        var said = JavaScriptEncoder.Default.Encode(head);
        var token = TokenOf(head);
        var encoded = Uri.EscapeDataString(token);
        var rejection = $$"""{"Code":"Rejected","Message":"server string to sign is:{{said}}","RequestId":"{{token}}","Recommend":"https://example.invalid/?token={{encoded}}"}""";
        await (kind switch
        {
            "400" or "403" or "404" or "500" => connection.ReplyAsync(kind + " No", rejection),
            "wrong signature" => connection.ReplyAsync("400 Bad Request", rejection.Replace("\"Rejected\"", "\"SignatureDoesNotMatch\"", StringComparison.Ordinal)),
            "code" => connection.ReplyAsync("400 Bad Request", $$"""{"Code":"{{token}}"}"""),
            "encoded" => connection.ReplyAsync("400 Bad Request", $$"""{"Code":"Rejected","Message":"GET&%2F&SecurityToken%3D{{Uri.EscapeDataString(encoded)}} or {{encoded}}"}"""),
            "failed with 200" => connection.ReplyAsync("200 OK", $$"""{"IsSuccess":false,"Code":"REPO_NOT_EXIST","Message":"{{said}}"}"""),
            "unreadable value" => connection.ReplyAsync("200 OK", $$"""{"IsSuccess":true,"Code":"success","TotalCount":"1","Images":[{"Tag":"v0","ImageSize":"{{token}}"}]}"""),
            "no JSON" => connection.ReplyAsync("200 OK", $$"""{"Code": t{{token}} }"""),
            "wrong type" => connection.ReplyAsync("200 OK", $$"""{"Code":"success","IsSuccess":true,"Images":{"{{token}}":[{{token}}]} }"""),
            "HTML" => connection.ReplyAsync("200 OK", $"<html>{head}</html>"),
            "HTML of a failure" => connection.ReplyAsync("502 Bad Gateway", $"<html>{head}</html>"),
            "cut body" => connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/{token}\r\nContent-Length: 10000\r\n\r\n{rejection}"),
            "cut text" => connection.ReplyAsync("200 OK", rejection[..^5]),
            "redirect" => connection.ReplyAsync("302 Found", "", $"Location: https://portal.example.com/{encoded}?token={encoded}\r\n"),
            "no HTTP" => connection.WriteAsync($"HTTP/1.1 {head}"),
            "bad header" => connection.WriteAsync($"HTTP/1.1 200 OK\r\n{token}\r\n\r\n"),
            "proxy" => connection.ReplyAsync("407 Proxy Authentication Required", head, $"Proxy-Authenticate: Basic realm=\"{Header(head, "Proxy-Authorization")}\"\r\n"),
            "reset" => ResetAsync(connection),
            "silent" => connection.ClosedAsync(),
            _ => throw new ArgumentException(kind, nameof(kind)),
        });
    }

    /// <summary>Version 3 sends it as a header, version 1 in the address.</summary>
    private static string TokenOf(string head) => HttpUtility.ParseQueryString(head.Split(' ')[1].Split('?').Last())["SecurityToken"] ?? Header(head, "x-acs-security-token");

    private static string Header(string head, string name) => head.Split("\r\n")
        .Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 2)..]).FirstOrDefault("none");

    private static Task ResetAsync(RawServer.Connection connection)
    {
        connection.Reset();
        return Task.CompletedTask;
    }
}
