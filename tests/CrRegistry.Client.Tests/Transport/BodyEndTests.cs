using System.Text;
using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Tests.Transport;

public sealed class BodyEndTests
{
    private const string Json = """{"Code":"success","TotalCount":2,"IsSuccess":true,"Images":[{"Tag":"v1","Größe":-1.5e3},{"Tag":"v\n2","Status":null}]}""";

    // The document's own sample has no root.
    private const string Xml = "<TotalCount>2</TotalCount>\n<IsSuccess>true</IsSuccess>\r\n<Images>\n  <Tag kind='a'>v1 &amp; v2</Tag>\n</Images>";

    [Theory]
    [InlineData(Json)]
    [InlineData("<ListRepoTagResponse>" + Xml + "</ListRepoTagResponse>")]
    public void A_document_that_is_cut_anywhere_lacks_its_end(string document)
    {
        var body = Encoding.UTF8.GetBytes(document);

        for (var length = 0; length < body.Length; length++)
            Assert.True(BodyEnd.IsMissing(body[..length]), $"Cut after {length} bytes: {Encoding.UTF8.GetString(body[..length])}");
    }

    [Theory]
    [InlineData(Json)]
    [InlineData(Json + "\n")]
    [InlineData(Xml)]
    [InlineData("<ListRepoTagResponse>" + Xml + "</ListRepoTagResponse>\n")]
    [InlineData("null")]
    [InlineData("""{"Tag":1,}, "more":{""")]
    [InlineData("<html><head><meta charset='utf-8'></head><body>Sign in<br></body></html>")]
    [InlineData("<!DOCTYPE html><html>")]
    [InlineData("<a><b></a>\n<c/>")]
    [InlineData("Bad gateway")]
    public void What_is_whole_or_wrong_before_its_end_does_not(string document) =>
        Assert.False(BodyEnd.IsMissing(Encoding.UTF8.GetBytes(document)));
}
