using System.Text.Json.Nodes;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Errors that quote the service. Control characters and invisible characters are shown as escapes, and secrets are masked.</summary>
public sealed class ServiceMessageTests : IDisposable
{
    private const string Secret = "planted/secret+of=the-key";

    private readonly Session _session = new();

    public ServiceMessageTests() => _session.Set("credential", Session.Credential("planted-key-id", Secret));

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("No\u001b[31m way", "No\\u001b[31m way")]
    [InlineData("No\u001b]52;c;eA==\u0007 way", "No\\u001b]52;c;eA==\\u0007 way")]
    [InlineData("No\u009b31m way", "No\\u009b31m way")]
    [InlineData("first\r\nsecond\tthird", "first\\r\\nsecond\\tthird")]
    [InlineData("tag.exe\u202e\u2066gpj\u200b\ufeff", "tag.exe\\u202e\\u2066gpj\\u200b\\ufeff")]
    [InlineData("a\u2028b\u2029c\u0000d\u007fe", "a\\u2028b\\u2029c\\u0000d\\u007fe")]
    [InlineData("a\U000E0041b", "a\\U000e0041b")]
    [InlineData("two  spaces and 😀 é", "two  spaces and 😀 é")]
    [InlineData("\r\n  Ends with a line break. \r\n", "Ends with a line break")]
    public void Shows_characters_of_message_as_escapes(string message, string shown)
    {
        var error = Reject(new JsonObject { ["Code"] = "NoPermission", ["Message"] = message, ["RequestId"] = "REQ-1" });

        Assert.StartsWith($"crr-x: ListRepoTag was rejected: {shown}. ", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_characters_of_code_and_request_id_as_escapes()
    {
        var error = Reject(new JsonObject { ["Code"] = "No\u001b[31m\u202ePermission", ["Message"] = "Why.", ["RequestId"] = "REQ\u001b]0;x\u0007\n1" });

        Assert.StartsWith("No\\u001b[31m\\u202ePermission,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.EndsWith("RequestId: REQ\\u001b]0;x\\u0007\\n1.", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("planted/sec\u200bret+of=the-key")]
    [InlineData("planted/\u001b[31msecret+of=\u001b[0mthe-key")]
    [InlineData("planted/\u001b]0;title\u0007secret+of=the-key")]
    [InlineData("planted/\u0000secret+of=the-key")]
    [InlineData("planted/secret\r\n+of=the-key")]
    [InlineData("planted/secret +of=the-key")]
    [InlineData("planted/se\ufe0fcret+of=th\u0301e-key")]
    [InlineData("planted/secret\U000E0041+of=the-key")]
    [InlineData("planted%2Fsec\u200bret%2Bof%3Dthe-key")]
    [InlineData("\u001b]0;planted/secret+of=the-key\u0007")]
    public void Masks_secret_that_invisible_characters_split(string split)
    {
        var error = Reject(new JsonObject { ["Code"] = "NoPermission", ["Message"] = $"before\u202e {split} \u202eafter" });

        Assert.Contains("before\\u202e ", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("***", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains(" \\u202eafter", error.ErrorDetails.Message, StringComparison.Ordinal);
        foreach (var part in new[] { "planted/", "planted%2F", "cret+", "the-key" }) Assert.DoesNotContain(part, error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("Denied: ", 0)]
    [InlineData("{\"reason\":\"", 100)]
    public void Shows_beginning_of_one_long_word_and_the_code(string before, int words)
    {
        var beginning = before + string.Concat(Enumerable.Repeat("why ", words)) + new string('a', 100);
        var error = Reject(new JsonObject { ["Code"] = "NoPermission", ["Message"] = beginning + new string('a', 100_000) });

        Assert.StartsWith($"crr-x: ListRepoTag was rejected: {beginning}", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("a… (code 'NoPermission'). ", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.InRange(error.ErrorDetails.Message.Length, 1000, 1500);
    }

    [Fact]
    public void Masks_secret_at_cut_at_any_position()
    {
        // From a message that ends before the secret to one that contains all of it.
        for (var before = 1000 - Secret.Length - 2; before <= 1001; before++)
        {
            var error = Reject(new JsonObject { ["Code"] = "NoPermission", ["Message"] = new string('.', before) + Secret + new string('.', 100_000) });

            Assert.DoesNotContain("plan", error.ErrorDetails.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Masks_password_of_address_at_cut()
    {
        var error = Reject(new JsonObject { ["Code"] = "NoPermission", ["Message"] = new string('.', 980) + "http://someone:word-of-a-proxy@proxy.example/" });

        Assert.DoesNotContain("some", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("server str\u200bing to\u001b[0m sign is:GET")]
    [InlineData("\u001b]0;server string to sign is:GET\u0007")]
    [InlineData("server str\u0000ing to sign is:GET")]
    [InlineData("Acc\u202eessKeyId=planted-key-id")]
    public void Omits_signed_text_that_invisible_characters_introduce(string words)
    {
        var error = Reject(new JsonObject { ["Code"] = "NoPermission", ["Message"] = "It\u202e is wrong: " + words });

        Assert.Contains("It\\u202e is wrong", error.ErrorDetails.Message, StringComparison.Ordinal);
        foreach (var part in new[] { "to sign", "GET", "planted" }) Assert.DoesNotContain(part, error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "{'Code':'success','IsSuccess':true,'TotalCount':'1','Images':[{'Tag':'v0','ImageUpdate':1}],'RequestId':'REQ-1'}", "REQ-1")]
    [InlineData(200, "{'Code':'success','IsSuccess':true,'TotalCount':'x'", "none")]
    [InlineData(200, "{'Code':'REPO_NOT_EXIST','IsSuccess':false,'RequestId':'REQ-1'}", "REQ-1")]
    [InlineData(403, "{'Code':'NoPermission','Message':'Why.','RequestId':'REQ-1'}", "REQ-1")]
    [InlineData(403, "{'Code':'NoPermission','Message':'Why.','RequestId':'planted/sec\\u200bret+of=the-key'}", "***")]
    [InlineData(200, "{'Code':'success','IsSuccess':true,'TotalCount':'1','Images':[{'Tag':'v0','ImageUpdate':1}],'RequestId':'planted/secret+of=the-key'}", "***")]
    [InlineData(403, "{'Code':'NoPermission','Message':'Why.'}", "none")]
    public void Verbose_shows_request_id_of_body_if_no_header_has_one(int status, string body, string shown)
    {
        _session.Set("service", new Rejections(status, "application/json", body.Replace('\'', '"')));

        var outcome = _session.Run("Connect-CrRegistry cn-test cri-x -Endpoint http://127.0.0.1:1 -Credential $credential -HttpMessageHandler $service; Get-CrRepoTag crr-x -Verbose");

        Assert.EndsWith($"HTTP {status}, RequestId {shown}", outcome.Verbose.First(line => line.StartsWith("ListRepoTag page 1", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u00e9", "e\u0301", "tag 'e\\u0301' instead of '\\u00e9'")]
    [InlineData("a", "\u0430", "tag '\\u0430' instead of 'a'")]
    [InlineData("v1", "V1", "tag 'V1' instead of 'v1'")]
    [InlineData("v1", "v\u001b1", "tag 'v\\u001b1' instead of 'v1'")]
    public void Shows_names_that_look_alike_with_escapes(string requested, string replied, string shown)
    {
        _session.Set("service", new Rejections(200, "application/json", new JsonObject { ["Code"] = "success", ["IsSuccess"] = true, ["Tag"] = replied, ["ImageUpdate"] = 1 }.ToJsonString()));
        _session.Set("requested", requested);

        var outcome = _session.Run("Connect-CrRegistry cn-test cri-x -Endpoint http://127.0.0.1:1 -Credential $credential -HttpMessageHandler $service; Get-CrRepoTag crr-x -Tag $requested");

        Assert.Contains($"it is about {shown}.", Assert.Single(outcome.Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)", "to an address without a host")]
    [InlineData("/elsewhere", "to another path of the same host")]
    [InlineData("http://someone:word-of-a-proxy@portal.example/?q=1", "to 'portal.example'")]
    public void Redirect_names_host_if_there_is_one(string location, string shown)
    {
        using var server = new Client.Tests.Support.RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.ReplyAsync("302 Found", "", $"Location: {location}\r\n");
        });

        var outcome = _session.Run($"Connect-CrRegistry cn-test cri-x -Endpoint {server.Endpoint} -Credential $credential; Get-CrRepoTag crr-x");

        Assert.Contains($"redirects ListRepoTag {shown} (HTTP 302)", outcome.Error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    private System.Management.Automation.ErrorRecord Reject(JsonObject body)
    {
        _session.Set("service", new Rejections(403, "application/json", body.ToJsonString()));
        return _session.Run("Connect-CrRegistry cn-test cri-x -Endpoint http://127.0.0.1:1 -Credential $credential -HttpMessageHandler $service; Get-CrRepoTag crr-x").Error;
    }
}
