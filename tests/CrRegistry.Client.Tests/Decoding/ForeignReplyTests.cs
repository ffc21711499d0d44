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
    public void A_body_that_is_cut_anywhere_is_a_failure_worth_another_try(string body, string contentType)
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
    public void A_second_value_does_not_hide_the_first(string body, string contentType)
    {
        var failure = Replies.Failure(Replies.Of(body, contentType));

        Assert.Equal((CrErrorCode.InvalidResult, false), (failure.Code, failure.IsTransient));
    }

    [Theory]
    [InlineData("", "its body is empty")]
    [InlineData(" \r\n ", "its body is empty")]
    [InlineData("""{"Code":"suc""", "its JSON was cut off after 12 bytes")]
    public void What_was_cut_says_so(string body, string problem) =>
        Assert.Equal($"The reply to ListRepoTag is not usable: {problem}.", Replies.Failure(Replies.Of(body, Json)).Message);

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
    public void What_is_whole_and_wrong_is_no_matter_of_another_try(string body, string? contentType)
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
    public void Json_is_read_by_its_content_type_or_by_its_beginning(string? contentType) =>
        Assert.Single(Replies.Page(Replies.Of(Whole, contentType)).Rows);

    [Theory]
    [InlineData("text/xml")]
    [InlineData("application/xml")]
    [InlineData("application/vnd.service+xml")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public void Xml_is_read_by_its_content_type_or_by_its_beginning(string? contentType) =>
        Assert.Single(Replies.Page(Replies.Of(WholeXml, contentType)).Rows);

    [Theory]
    [InlineData(Whole, Json)]
    [InlineData(WholeXml, Xml)]
    public void A_byte_order_mark_does_not_matter(string body, string contentType) =>
        Assert.Single(Replies.Page(Replies.Of("\uFEFF" + body, contentType)).Rows);

    [Theory]
    [InlineData("Sign in", "text/html")]
    [InlineData(Whole, "text/html")]
    [InlineData("<p>Sign in", "application/xhtml+xml")]
    [InlineData("<!DOCTYPE html><html>", Json)]
    [InlineData("\n <HTML lang='en'>", Xml)]
    [InlineData("<!doctype html>", null)]
    [InlineData("<?xml version='1.0'?><!-- a --><!-- b --><html>", null)]
    public void A_page_of_html_is_told_as_the_work_of_a_proxy(string body, string? contentType)
    {
        var failure = Replies.Failure(Replies.Of(body, contentType));

        Assert.Equal((CrErrorCode.InvalidResult, false), (failure.Code, failure.IsTransient));
        Assert.Contains("HTML", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"'{Replies.Host}' answered with HTTP status 200, probably from a proxy or the sign-in page of a network", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_begins_with_many_comments_is_recognised_in_no_time() =>
        Assert.Contains("not the XML", Replies.Failure(Replies.Of(string.Concat(Enumerable.Repeat("<!---->", 140)) + "<a>x</a>", Xml)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_a_message_shows_of_a_reply_is_short_and_with_escapes()
    {
        var failure = Replies.Failure(Replies.Of(
            """{"Code":"success","TotalCount":"1","Images":[{"Tag":"\u001b[31mred\u001b]0;title\u0007\r\n\u202Eend","ImageSize":"#"}]}""".Replace("#", string.Concat(Enumerable.Repeat("x ", 2500))), Json));

        Assert.Contains(@"(tag '\u001b[31mred\u001b]0;title\u0007\r\n\u202eend') has an invalid ImageSize 'x x", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 1000, 1100);
    }
}
