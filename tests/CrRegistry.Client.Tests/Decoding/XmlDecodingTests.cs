using System.Text;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Decoding;

public sealed class XmlDecodingTests
{
    // The sample of the API's document, which has no root.
    private const string SeedSample = """
        <IsSuccess>true</IsSuccess>
        <TotalCount>1</TotalCount>
        <PageSize>30</PageSize>
        <RequestId>031572FA-7D8F-4C05-B790-1071E0E05DE6</RequestId>
        <Images>
        <Status>NORMAL</Status>
        <ImageCreate>1572839125000</ImageCreate>
        <ImageSize>27107966</ImageSize>
        <Digest>67bfbcc12b67936ec7f867927817cbb071832b873dbcaed312a1930ba5f1d529</Digest>
        <ImageId>45023655bf39c382e26a8607d057c27871de2118e163c1ecf48cc1ebf2a19468</ImageId>
        <ImageUpdate>1572875608000</ImageUpdate>
        <Tag>v0.1</Tag>
        </Images>
        <PageNo>1</PageNo>
        <Code>success</Code>
        """;

    [Theory]
    [InlineData(SeedSample)]
    [InlineData("<ListRepoTagResponse>" + SeedSample + "</ListRepoTagResponse>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ListRepoTagResponse xmlns=\"http://example.test/a\">" + SeedSample + "</ListRepoTagResponse>\n")]
    [InlineData("<NewField><a>b</a></NewField>" + SeedSample)]
    public void Reads_documented_sample(string body)
    {
        var page = Page(body);

        var tag = Assert.Single(page.Rows);
        Assert.Equal((1, 30, 1L), (page.PageNo, page.PageSize, page.TotalCount));
        Assert.Equal(("v0.1", "NORMAL", 27107966L), (tag.Tag, tag.Status, tag.ImageSize));
        Assert.Equal("67bfbcc12b67936ec7f867927817cbb071832b873dbcaed312a1930ba5f1d529", tag.Digest);
        Assert.Equal("45023655bf39c382e26a8607d057c27871de2118e163c1ecf48cc1ebf2a19468", tag.ImageId);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1572839125000).LocalDateTime, tag.ImageCreate);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1572875608000).LocalDateTime, tag.ImageUpdate);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Reads_list_of_repeated_elements(int rows)
    {
        var body = Reply(rows, string.Concat(Enumerable.Range(0, rows).Select(row => $"<Images><Tag>v{row}</Tag></Images>")));

        Assert.Equal(Enumerable.Range(0, rows).Select(row => $"v{row}"), Page(body).Rows.Select(tag => tag.Tag));
    }

    [Theory]
    [InlineData("<Images/>")]
    [InlineData("<Images></Images>")]
    [InlineData("<Images>\n<!-- none -->\n</Images>")]
    public void Accepts_empty_element_only_if_TotalCount_is_0(string images)
    {
        Assert.Empty(Page(Reply(0, images)).Rows);
        Assert.Empty(Page(Reply(100, images), pageNo: 2).Rows);
        Assert.Contains("page 1 has no Images, though TotalCount is 1", Failure(Reply(1, images)).Message, StringComparison.Ordinal);
        Assert.Contains("and no TotalCount", Failure(Reply(0, images).Replace("<TotalCount>0</TotalCount>", "")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "<Images/><Images/>", "row 1 of page 1 has no Tag")]
    [InlineData(2, "<Images><Tag>x</Tag></Images><Images/>", "row 2 of page 1 has no Tag")]
    [InlineData(1, "<Images><Tag/></Images>", "row 1 of page 1 has no Tag")]
    [InlineData(1, "<Images><Tag>x</Tag><ImageUpdate>yesterday</ImageUpdate></Images>", "has an invalid ImageUpdate 'yesterday'")]
    [InlineData(1, "<Images>x</Images>", "not a valid XML reply")]
    [InlineData(1, "<Images><![CDATA[x]]></Images>", "not a valid XML reply")]
    [InlineData(1, "<Images>text<Tag>x</Tag></Images>", "not a valid XML reply")]
    [InlineData(1, "<Images><Tag><a>x</a></Tag></Images>", "not a valid XML reply")]
    [InlineData(1, "<Images><Tag>a</Tag><Tag>b</Tag></Images>", "not a valid XML reply")]
    [InlineData(1, "<Images><Tag/><Tag>b</Tag></Images>", "not a valid XML reply")]
    [InlineData(1, "<Images><Tag>b</Tag><ImageSize/><ImageSize>5</ImageSize></Images>", "not a valid XML reply")]
    [InlineData(1, "<Images><Tag>b</Tag><ImageUpdate> </ImageUpdate><ImageUpdate>5</ImageUpdate></Images>", "not a valid XML reply")]
    [InlineData(1, "<Images><Tag>b</Tag><Digest/><Digest/></Images>", "not a valid XML reply")]
    [InlineData(1, "<TotalCount/><Images><Tag>b</Tag></Images>", "not a valid XML reply")]
    [InlineData(1, "<Images><Tag>a</Tag></Images><Code>success</Code>", "not a valid XML reply")]
    [InlineData(1, "<images><Tag>a</Tag></images>", "no Images")]
    [InlineData(1, "<Images><Tag>&nbsp;</Tag></Images>", "not a valid XML reply")]
    [InlineData(1, "<Images><Tag>x</Images></Tag>", "not a valid XML reply")]
    public void Rejects_element_that_is_not_a_row(int total, string images, string problem)
    {
        var failure = Failure(Reply(total, images));

        Assert.Equal((CrErrorCode.InvalidResult, false), (failure.Code, failure.IsTransient));
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ignores_attributes_comments_and_prefixes()
    {
        var tag = Page(Reply(1, """
            <?note a?><!-- b --><Images kind="image"><New><Tag>not this</Tag><Images><Tag>nor this</Tag></Images></New>
              <a:Tag xmlns:a="urn:a" id="1">v<![CDATA[0&]]><!-- c -->&amp;&#x31;</a:Tag><Digest/><Status>  </Status><ImageSize>
              5 </ImageSize><ImageUpdate/></Images>
            """)).Rows.Single();

        Assert.Equal(("v0&&1", null, 5L, null), (tag.Tag, tag.Digest, tag.ImageSize, tag.ImageUpdate));
    }

    [Fact]
    public void Finds_rows_at_any_position() =>
        Assert.Equal(["a", "b"], Page("<R><Images><Tag>a</Tag></Images><TotalCount>2</TotalCount><Code>success</Code><Images><Tag>b</Tag></Images></R>").Rows.Select(tag => tag.Tag));

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-8")]
    public void Uses_declared_encoding(string encoding)
    {
        var text = Encoding.GetEncoding(encoding);
        var bytes = text.GetPreamble().Concat(text.GetBytes($"<?xml version=\"1.0\" encoding=\"{encoding}\"?>" + Reply(1, "<Images><Tag>标签</Tag></Images>"))).ToArray();

        Assert.Equal("标签", Replies.Page(Replies.Of(bytes, "text/xml")).Rows.Single().Tag);
    }

    [Theory]
    [InlineData("""<!DOCTYPE r [<!ENTITY a "v0">]>""", "&a;")]
    [InlineData("""<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>""", "&a;")]
    [InlineData("""<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>""", "&c;")]
    [InlineData("""<!DOCTYPE r SYSTEM "http://127.0.0.1:1/r.dtd">""", "v0")]
    public void Rejects_document_type(string declaration, string tag)
    {
        var body = declaration + Reply(1, $"<Images><Tag>{tag}</Tag></Images>");

        foreach (var start in new[] { "", "<?xml version=\"1.0\"?>" })
            Assert.Contains("not a valid XML reply (line 1", Failure(start + body).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(40, false)]
    [InlineData(100_000, false)]
    public void Rejects_nesting_deeper_than_32(int depth, bool isRead)
    {
        var xml = Reply(1, string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth)) + "<Images><Tag>v0</Tag></Images>");
        var json = $$"""{"a":{{new string('[', depth)}}{{new string(']', depth)}},"Code":"success","TotalCount":1,"Images":[{"Tag":"v0"}]}""";

        if (isRead) Assert.Equal(Page(xml).Rows.Single().Tag, Replies.Page(Replies.Of(json, "application/json")).Rows.Single().Tag);
        else Assert.Equal((false, false), (Failure(xml).IsTransient, Replies.Failure(Replies.Of(json, "application/json")).IsTransient));
    }

    [Theory]
    [InlineData("<ListRepoTagResponse><IsSuccess>false</IsSuccess><Code>REPO_NOT_EXIST</Code><RequestId>R</RequestId></ListRepoTagResponse>")]
    [InlineData("<IsSuccess>false</IsSuccess><Code>REPO_NOT_EXIST</Code><RequestId>R</RequestId>")]
    [InlineData("<Error><RequestId>R</RequestId><HostId>h</HostId><Code>REPO_NOT_EXIST</Code><Message>repo is not exist</Message></Error>")]
    public void Reports_failure_with_HTTP_200(string body)
    {
        var failure = Failure(body);

        Assert.Equal(("REPO_NOT_EXIST", 200, "R"), (failure.Code, failure.HttpStatus, failure.RequestId));
    }

    private static string Reply(int total, string images) =>
        $"<ListRepoTagResponse><IsSuccess>true</IsSuccess><TotalCount>{total}</TotalCount><PageSize>100</PageSize>{images}<PageNo>1</PageNo><Code>success</Code></ListRepoTagResponse>";

    private static Page<ImageTag> Page(string body, int pageNo = 1) => Replies.Page(Replies.Of(body, "text/xml"), pageNo);

    private static CrApiException Failure(string body) => Replies.Failure(Replies.Of(body, "text/xml"));
}
