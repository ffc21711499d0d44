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
    public void A_page_size_that_can_be_none_is_taken_for_the_one_that_was_asked(string? told, int ruling) =>
        Assert.Equal(ruling, Page(body => body["PageSize"] = told).Pages.Single().PageSize);

    [Theory]
    [InlineData("0", 0L)]
    [InlineData(" ", null)]
    [InlineData("-1", null)]
    [InlineData("many", null)]
    public void A_count_that_can_be_none_is_unknown(string told, long? total) =>
        Assert.Equal(total, Page(body => body["TotalCount"] = told).Pages.Single().TotalCount);

    [Fact]
    public void A_page_past_the_end_may_leave_out_the_list()
    {
        var run = Page(body => body.Remove("Images"), pageNo: 3);

        Assert.Null(run.Failure);
        Assert.Empty(run.Tags);
    }

    [Theory]
    [InlineData("ImageUpdate", "-99999999999999999")]
    [InlineData("ImageSize", "0x10")]
    public void A_value_out_of_its_range_is_InvalidResult(string field, string value)
    {
        var run = Page(body => body["Images"]![0]![field] = value);

        var failure = Assert.IsType<CrApiException>(run.Failure);
        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
        Assert.Contains($"row 1 of page 1 (tag 'v0') has an invalid {field} '{value}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_is_no_value()
    {
        var tag = Page(body => (body["Images"]![0]!["ImageUpdate"], body["Images"]![0]!["ImageSize"]) = (" ", " ")).Tags[0];

        Assert.Null(tag.ImageUpdate);
        Assert.Null(tag.ImageSize);
    }

    [Fact]
    public void The_algorithm_of_a_digest_may_be_in_upper_case() =>
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
