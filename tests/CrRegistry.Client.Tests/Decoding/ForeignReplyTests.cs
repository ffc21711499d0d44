using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Decoding;

/// <summary>Incomplete replies, and replies of other servers.</summary>
public sealed class ForeignReplyTests
{
    private const string Json = "application/json";
    private const string Xml = "text/xml";
    private const string Whole = """{"Code":"success","IsSuccess":true,"TotalCount":"1","PageSize":"100","Images":[{"Tag":"x"}]}""";
    private const string WholeXml = "<ListRepoTagResponse><IsSuccess>true</IsSuccess><Images><Tag>x</Tag></Images><TotalCount>1</TotalCount><Code>success</Code></ListRepoTagResponse>";
    private const string Fragment = "<IsSuccess>true</IsSuccess><TotalCount>1</TotalCount><Images><Tag>x</Tag></Images><PageNo>1</PageNo><Code>success</Code>";

    [Theory]
    [InlineData(Whole, Json)]
    [InlineData(WholeXml, Xml)]
    [InlineData(Fragment, Xml)]
    public void Retries_truncated_body(string body, string contentType)
    {
        Assert.Equal("x", Replies.Page(Replies.Of(body, contentType)).Rows.Single().Tag);
        for (var length = 0; length < body.Length; length++)
        {
            var failure = Replies.Failure(Replies.Of(body[..length], contentType));

            Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
            // If a fragment is cut between two elements, only a missing Code shows it, because Code is last.
            Assert.True(failure.IsTransient, $"'{body[..length]}' is '{failure.Message}'.");
        }
    }

    [Theory]
    [InlineData("""{"Code":"success","TotalCount":"2","Images":[{"Tag":"x","Tag":"y"}]}""", Json)]
    [InlineData("""{"Code":"success","TotalCount":"2","Images":[{"Tag":"x","Digest":"1","Digest":"2"}]}""", Json)]
    [InlineData("""{"Code":"success","TotalCount":"2","Images":[{"Tag":"x"}],"Images":[{"Tag":"y"}]}""", Json)]
    [InlineData("""{"Code":"success","TotalCount":"1","TotalCount":"2","Images":[{"Tag":"x"}]}""", Json)]
    [InlineData("""{"Code":"NoPrivilege","Code":"success","TotalCount":"1","Images":[{"Tag":"x"}]}""", Json)]
    [InlineData("<Reply><TotalCount>2</TotalCount><Images><Tag>x</Tag><Tag>y</Tag></Images><Code>success</Code></Reply>", Xml)]
    public void Rejects_second_value_in_body(string body, string contentType)
    {
        var failure = Replies.Failure(Replies.Of(body, contentType));

        Assert.Equal((CrErrorCode.InvalidResult, false), (failure.Code, failure.IsTransient));
    }

    [Theory]
    [InlineData("""{"Code":"success","IsSuccess":true,"Images":[{"\u001b]52;c;x\u0007\u202e":{"a":[1,2,}}""", Json)]
    [InlineData("<Reply><Images><Tag\u001b\u202e></Images></Reply>", Xml)]
    public void Causes_of_invalid_reply_are_safe_to_display(string body, string contentType)
    {
        var failure = Replies.Failure(Replies.Of(body, contentType));

        Assert.NotNull(failure.InnerException);
        Assert.DoesNotContain('\u001b', failure.ToString());
        Assert.DoesNotContain('\u202e', failure.ToString());
    }

    [Theory]
    [InlineData("", "its body is empty")]
    [InlineData(" \r\n ", "its body is empty")]
    [InlineData("""{"Code":"suc""", "its JSON was cut off after 12 bytes")]
    public void Reports_truncated_body(string body, string problem) =>
        Assert.Equal($"The reply to ListRepoTag is not usable because {problem}.", Replies.Failure(Replies.Of(body, Json)).Message);

    [Theory]
    [InlineData("null", Json)]
    [InlineData("[]", Json)]
    [InlineData("[", Json)]
    [InlineData("12", Json)]
    [InlineData("nonsense", Json)]
    [InlineData("nonsense", "text/plain")]
    [InlineData("nonsense", null)]
    [InlineData("nonsense", Xml)]
    [InlineData("""{"Code":"success"}}""", Json)]
    [InlineData("""{"Code":"success","Images":[{"Tag":]}""", Json)]
    [InlineData("""{"Code":"success","Images":[{"Tag":"x"}],"TotalCount":"1"}<!-- proxy -->""", Json)]
    [InlineData(Whole, Xml)]
    [InlineData(WholeXml, Json)]
    public void Does_not_retry_complete_invalid_body(string body, string? contentType)
    {
        var failure = Replies.Failure(Replies.Of(body, contentType));

        Assert.Equal((CrErrorCode.InvalidResult, false), (failure.Code, failure.IsTransient));
        Assert.Equal(("ListRepoTag", 200, "REQ-H"), (failure.Action, failure.HttpStatus, failure.RequestId));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/vnd.service+json")]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public void Recognizes_json(string? contentType) =>
        Assert.Single(Replies.Page(Replies.Of(Whole, contentType)).Rows);

    [Theory]
    [InlineData("text/xml")]
    [InlineData("application/xml")]
    [InlineData("application/vnd.service+xml")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public void Recognizes_xml(string? contentType) =>
        Assert.Single(Replies.Page(Replies.Of(WholeXml, contentType)).Rows);

    [Theory]
    [InlineData(Whole, Json)]
    [InlineData(WholeXml, Xml)]
    public void Ignores_byte_order_mark(string body, string contentType) =>
        Assert.Single(Replies.Page(Replies.Of("\uFEFF" + body, contentType)).Rows);

    [Theory]
    [InlineData("Sign in", "text/html")]
    [InlineData(Whole, "text/html")]
    [InlineData("<p>Sign in", "application/xhtml+xml")]
    [InlineData("<!DOCTYPE html><html>", Json)]
    [InlineData("\n <HTML lang='en'>", Xml)]
    [InlineData("<!doctype html>", null)]
    [InlineData("<?xml version='1.0'?><!-- a --><!-- b --><html>", null)]
    public void Reports_html_as_reply_of_proxy(string body, string? contentType)
    {
        var failure = Replies.Failure(Replies.Of(body, contentType));

        Assert.Equal((CrErrorCode.InvalidResult, false), (failure.Code, failure.IsTransient));
        Assert.Contains("HTML", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"'{Replies.Host}' returned HTTP status 200. The reply is probably from a proxy or the sign-in page of a network", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recognizes_html_after_many_comments() =>
        Assert.Contains("not a valid XML reply", Replies.Failure(Replies.Of(string.Concat(Enumerable.Repeat("<!---->", 140)) + "<a>x</a>", Xml)).Message, StringComparison.Ordinal);

    [Fact]
    public void Shows_short_escaped_part_of_reply()
    {
        var failure = Replies.Failure(Replies.Of(
            """{"Code":"success","TotalCount":"1","Images":[{"Tag":"\u001b[31mred\u001b]0;title\u0007\r\n\u202Eend","ImageSize":"#"}]}""".Replace("#", string.Concat(Enumerable.Repeat("x ", 2500))), Json));

        Assert.Contains(@"(tag '\u001b[31mred\u001b]0;title\u0007\r\n\u202eend') has an invalid ImageSize 'x x", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 1000, 1100);
    }
}
