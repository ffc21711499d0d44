using System.Text.Json.Nodes;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Decoding;

/// <summary>The fields beside the rows of a page, which the listing uses.</summary>
public sealed class PageDecodingTests
{
    [Theory]
    [InlineData("30", 30)]
    [InlineData("0", 50)]
    [InlineData("-1", 50)]
    [InlineData("99999999999", 50)]
    [InlineData("many", 50)]
    [InlineData("", 50)]
    [InlineData(null, 50)]
    public void Replaces_invalid_PageSize_with_requested_one(string? told, int ruling) =>
        Assert.Equal(ruling, Page(body => body["PageSize"] = told).Pages.Single().PageSize);

    [Theory]
    [InlineData("0", 0L)]
    [InlineData(" ", null)]
    [InlineData("-1", null)]
    [InlineData("many", null)]
    public void Treats_invalid_TotalCount_as_unknown(string told, long? total) =>
        Assert.Equal(total, Page(body => body["TotalCount"] = told).Pages.Single().TotalCount);

    [Fact]
    public void Accepts_page_past_end_without_list()
    {
        var run = Page(body => body.Remove("Images"), pageNo: 3);

        Assert.Null(run.Failure);
        Assert.Empty(run.Tags);
    }

    [Theory]
    [InlineData("ImageUpdate", "-99999999999999999")]
    [InlineData("ImageSize", "0x10")]
    public void Rejects_value_out_of_range(string field, string value)
    {
        var run = Page(body => body["Images"]![0]![field] = value);

        var failure = Assert.IsType<CrApiException>(run.Failure);
        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
        Assert.Contains($"row 1 of page 1 (tag 'v0') has an invalid {field} '{value}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_blank_as_missing()
    {
        var tag = Page(body => (body["Images"]![0]!["ImageUpdate"], body["Images"]![0]!["ImageSize"]) = (" ", " ")).Tags[0];

        Assert.Null(tag.ImageUpdate);
        Assert.Null(tag.ImageSize);
    }

    [Fact]
    public void Removes_algorithm_in_upper_case() =>
        Assert.Equal("abc", Page(body => body["Images"]![0]!["Digest"] = "SHA256:abc").Tags[0].Digest);

    private static Run Page(Action<JsonObject> change, int pageNo = 1)
    {
        var registry = FakeRegistry.WithTags(51);
        registry.Change = (_, body) =>
        {
            change(body);
            return null;
        };
        return Run.Of(registry, RowRange.Page(pageNo, 50));
    }
}
