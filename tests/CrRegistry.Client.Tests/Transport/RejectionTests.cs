using System.Globalization;
using System.Text;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Transport;

public sealed class RejectionTests
{
    private const string Json = "application/json";
    private const string Xml = "text/xml";

    [Theory]
    [InlineData(Json, """{"RequestId":"R","HostId":"h","Code":"NoPrivilege","Message":"Access denied for this user.","Recommend":"https://r/?q=1"}""")]
    [InlineData(Json, """{"requestid":"R","hostid":"h","code":"NoPrivilege","message":"Access denied for this user.","recommend":"https://r/?q=1"}""")]
    [InlineData(Json, """{"requestId":"R","code":"NoPrivilege","Description":"Access denied for this user.","Recommend":"https://r/?q=1"}""")]
    [InlineData(Json, """{"RequestId":"R","Code":"NoPrivilege","Message":"","Detail":"Access denied for this user","Recommend":"https://r/?q=1"}""")]
    [InlineData(Json, """{"RequestId":"R","Code":"NoPrivilege","AccessDeniedDetail":"Access denied for this user.","Recommend":"https://r/?q=1"}""")]
    [InlineData(Json, """{"RequestId":"R","Code":"NoPrivilege","Message":"Access denied for this user.","AccessDeniedDetail":{"AuthAction":"a"},"Detail":[1],"Recommend":"https://r/?q=1"}""")]
    [InlineData(Xml, "<Error><RequestId>R</RequestId><HostId>h</HostId><Code>NoPrivilege</Code><Message>Access denied for this user.</Message><Recommend>https://r/?q=1</Recommend></Error>")]
    [InlineData(Xml, "<?xml version='1.0' encoding='UTF-8'?><Error><requestId>R</requestId><code>NoPrivilege</code><message>Access denied for this user.</message><recommend>https://r/?q=1</recommend></Error>")]
    [InlineData(Xml, "<Error>!<RequestId>R</RequestId><Code>NoPrivilege</Code><Detail><a>b</a></Detail><Description>Access denied for this user.</Description><Recommend>https://r/?q=1</Recommend></Error>")]
    [InlineData(null, "<Error><RequestId>R</RequestId><Code>NoPrivilege</Code><Message>Access denied for this user.</Message><Recommend>https://r/?q=1</Recommend></Error>")]
    [InlineData("text/plain", """{"RequestId":"R","Code":"NoPrivilege","Message":"Access denied for this user.","Recommend":"https://r/?q=1"}""")]
    public void Reads_error_of_service_in_each_form(string? contentType, string body)
    {
        var failure = ServiceErrorReader.Read(Replies.Of(body, contentType, 403));

        Assert.Equal("ListRepoTag was rejected: Access denied for this user.", failure.Message);
        Assert.Equal(("NoPrivilege", "ListRepoTag", 403, "R", "https://r/?q=1"), (failure.Code, failure.Action, failure.HttpStatus, failure.RequestId, failure.Recommend));
    }

    [Fact]
    public void Reads_error_with_invalid_Unicode()
    {
        var body = Encoding.Latin1.GetBytes("""{"Code":"NoPrivilege","Message":"Access dénied \ud83d."}""");

        var failure = ServiceErrorReader.Read(Replies.Of(body, Json, 403));

        Assert.Equal(("NoPrivilege", "ListRepoTag was rejected: Access d\ufffdnied \ufffd."), (failure.Code, failure.Message));
    }

    [Theory]
    [InlineData(502, "text/html", "<html>Bad gateway</html>", "HTTP status 502 and an HTML page. The page is probably from a proxy or the sign-in page of a network")]
    [InlineData(403, Json, "<!DOCTYPE HTML>", "HTTP status 403 and an HTML page. The page is probably from a proxy")]
    [InlineData(500, Json, "", "HTTP status 500 and nothing else")]
    [InlineData(503, Json, """{"Code":"Serv""", "HTTP status 503 and no error code")]
    [InlineData(503, Json, "[1]", "no error code")]
    [InlineData(503, Json, "null", "no error code")]
    [InlineData(503, Xml, "<Error><Code>", "no error code")]
    [InlineData(404, Json, """{"status":404,"message":"no Route matched"}""", "HTTP status 404 and 'no Route matched'")]
    [InlineData(404, "text/plain", "404 page not found", "no error code")]
    [InlineData(999, "text/plain", "Request denied", "HTTP status 999 and no error code")]
    [InlineData(999, Json, """{"Code":"success","IsSuccess":true,"TotalCount":"0","Images":[]}""", "HTTP status 999 and the code 'success'")]
    [InlineData(500, Json, """{"Code":" 200 ","Message":"OK"}""", "HTTP status 500 and the code '200'")]
    [InlineData(500, Xml, "<Error><Code>success</Code></Error>", "HTTP status 500 and the code 'success'")]
    public void Reports_host_and_status_of_foreign_error(int status, string contentType, string body, string told)
    {
        var failure = ServiceErrorReader.Read(Replies.Of(body, contentType, status));

        Assert.StartsWith($"ListRepoTag failed: '{Replies.Host}' returned HTTP status ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.Equal((FormattableString.Invariant($"Http{status}"), status, "REQ-H"), (failure.Code, failure.HttpStatus, failure.RequestId));
    }

    [Theory]
    [InlineData("GET&%2F&AccessKeyId%3Dtest-id%26SecurityToken%3Dtest-token", "the AccessKey secret is wrong")]
    [InlineData("GET&%2F&AccessKeyId%3Dtest-id%26SecurityToken%3Dother", "A proxy may have changed the request")]
    public void Explains_wrong_signature_without_signed_text(string services, string told)
    {
        var body = $$"""
            {"Code":"SignatureDoesNotMatch","Recommend":"https://r/?q=server%20string%20to%20sign%20is%3A{{services}}",
             "Message":"Specified signature is not matched with our calculation. server string to sign is:{{services}}"}
            """;
        var reply = Replies.Of(body, Json, 400) with { StringToSign = "GET&%2F&AccessKeyId%3Dtest-id%26SecurityToken%3Dtest-token" };

        var failure = ServiceErrorReader.Read(reply);

        Assert.StartsWith("ListRepoTag was rejected: Specified signature is not matched with our calculation. The service signed ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SecurityToken", failure.ToString(), StringComparison.Ordinal);
        Assert.Null(failure.Recommend);
    }

    [Theory]
    [InlineData("server StringToSign is ACS3-HMAC-SHA256")]
    [InlineData("server string\uFEFF to sign is:GET")]
    [InlineData("server str\u200Bing to\u001b[0m sign is:GET")]
    [InlineData("it is GET&%2F&a%3Db")]
    [InlineData("it is a=b&SecurityToken=test-token")]
    [InlineData("it is x-acs-security-token:test-token")]
    public void Does_not_show_signed_text(string words)
    {
        var message = ServiceErrorReader.Read(Replies.Of(new System.Text.Json.Nodes.JsonObject { ["Code"] = "X", ["Message"] = "It is wrong: " + words }.ToJsonString(), Json, 400)).Message;

        Assert.StartsWith("ListRepoTag was rejected: It is wrong", message, StringComparison.Ordinal);
        foreach (var hidden in new[] { "sign", "ACS3", "GET", "token" }) Assert.DoesNotContain(hidden, message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("InvalidTimeStamp.Expired", "2026-01-02T03:04:05Z", "2026-01-02T02:44:05Z", "the service's clock 2026-01-02 02:44:05 UTC. This computer's clock is 20 minutes ahead.")]
    [InlineData("IllegalTimestamp", "2026-01-02T03:04:05Z", "2026-01-02T08:04:05Z", "the service's clock 2026-01-02 08:04:05 UTC. This computer's clock is 5 hours behind.")]
    [InlineData("InvalidTimeStamp.Format", "2026-01-02T03:04:05Z", "2026-01-12T03:04:05Z", "the service's clock 2026-01-12 03:04:05 UTC. This computer's clock is 10 days behind.")]
    [InlineData("InvalidTimeStamp.Expired", "2026-01-02T03:04:05Z", "2026-01-02T03:04:00Z", "This computer's clock is 5 seconds ahead.")]
    [InlineData("InvalidTimeStamp.Expired", "2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z", "This computer's clock is 1 second behind.")]
    [InlineData("InvalidTimeStamp.Expired", "2026-01-02T03:04:05Z", null, "This computer's clock shows 2026-01-02 03:04:05 UTC.")]
    public void Shows_clocks_of_computer_and_service(string code, string own, string? services, string told)
    {
        var reply = Replies.Of($$"""{"Code":"{{code}}","Message":"Specified time stamp or date value is expired."}""", Json, 400) with
        {
            ReceivedAt = Time(own),
            Date = services is null ? null : Time(services),
        };

        var message = ServiceErrorReader.Read(reply).Message;

        Assert.StartsWith("ListRepoTag was rejected: Specified time stamp or date value is expired. This computer's clock shows 2026-01-02 03:04:05 UTC", message, StringComparison.Ordinal);
        Assert.EndsWith(told, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("not an address")]
    [InlineData("https://r/\u001b[31m")]
    [InlineData("")]
    public void Does_not_recommend_invalid_address(string recommend) =>
        Assert.Null(ServiceErrorReader.Read(Replies.Of(new System.Text.Json.Nodes.JsonObject { ["Code"] = "X", ["Recommend"] = recommend }.ToJsonString(), Json, 400)).Recommend);

    [Fact]
    public void Shows_short_escaped_message_of_service()
    {
        var text = "\u001b[1;31mNo\u001b[0m\r\nway\u0000 " + string.Concat(Enumerable.Repeat("😀", 3000));
        var body = new System.Text.Json.Nodes.JsonObject { ["Code"] = "No\u001b[31mPrivilege", ["RequestId"] = "R\n1", ["Message"] = text }.ToJsonString();

        var failure = ServiceErrorReader.Read(Replies.Of(body, Json, 403));

        Assert.StartsWith(@"ListRepoTag was rejected: \u001b[1;31mNo\u001b[0m\r\nway\u0000 😀", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(@"😀… (code 'No\u001b[31mPrivilege').", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 900, 1100);
        Assert.Equal((@"No\u001b[31mPrivilege", @"R\n1"), (failure.Code, failure.RequestId));
    }

    [Theory]
    [InlineData(990, 0)]
    [InlineData(0, 1000)]
    public void Cuts_long_text_before_word(int words, int controlCharacters)
    {
        // The beginning of a token would not be recognized as a token.
        var text = string.Concat(Enumerable.Repeat("go ", words / 3)) + string.Concat(Enumerable.Repeat("\u001b[31;1;31m", controlCharacters)) + "token=test-token-" + new string('x', 2000);
        var body = new System.Text.Json.Nodes.JsonObject { ["Code"] = "X", ["Message"] = text }.ToJsonString();

        var message = ServiceErrorReader.Read(Replies.Of(body, Json, 403)).Message;

        Assert.DoesNotContain("tok", message, StringComparison.Ordinal);
        Assert.EndsWith("… (code 'X').", message, StringComparison.Ordinal);
    }

    /// <summary>Texts for which a search with backtracking would take minutes.</summary>
    [Theory]
    [InlineData("Message", "a")]
    [InlineData("Message", "string to ")]
    [InlineData("Message", "&%2F")]
    [InlineData("Message", "\u001b[0")]
    [InlineData("Message", "AccessKeyId")]
    [InlineData("Description", "a")]
    [InlineData("Detail", "a")]
    [InlineData("RequestId", "a")]
    [InlineData("Recommend", "https://a")]
    [InlineData("Code", "a")]
    [InlineData("HostId", "a")]
    public void Cuts_hostile_text_before_search(string field, string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 1_000_000 / repeated.Length));
        foreach (var body in new[]
        {
            new System.Text.Json.Nodes.JsonObject { ["Code"] = "NoPermission", [field] = text }.ToJsonString(),
            $"<Error>{(field == "Code" ? "" : "<Code>NoPermission</Code>")}<{field}>{System.Security.SecurityElement.Escape(text.Replace("\u001b", "", StringComparison.Ordinal))}</{field}></Error>",
        })
        {
            var reply = Replies.Of(body, body[0] == '<' ? Xml : Json, 403) with { StringToSign = "GET&%2F&a%3Db" };

            var failure = ServiceErrorReader.Read(reply);

            Assert.InRange(failure.ToString().Length, 0, 5_000);
            Assert.InRange(failure.Code.Length, 0, 1_001);
            Assert.InRange(failure.RequestId!.Length, 0, 1_001);
            Assert.Null(failure.Recommend);
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
