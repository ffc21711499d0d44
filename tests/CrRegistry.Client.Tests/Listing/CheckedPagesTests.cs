using CrRegistry.Client.Listing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>Pages of a list whose service rejects a page after page 1.</summary>
public sealed class CheckedPagesTests
{
    [Theory]
    [InlineData(6, 3, 3)]
    [InlineData(6, 1, 7)]
    [InlineData(2, 2, 2)]
    public async Task Rejected_page_past_full_last_page_is_empty(int count, int pageSize, int pageNo)
    {
        var page = await ReadRejectedAsync(count, pageSize, pageNo, "");

        Assert.Equal((pageNo, pageSize, count, 0), (page.PageNo, page.PageSize, page.TotalCount, page.Rows.Count));
        Assert.NotNull(page.AnsweredAt);
    }

    /// <summary>They are past TotalCount, and nevertheless on the last page if it is requested with another size.</summary>
    [Theory]
    [InlineData(7, 3, 3, "total 6", "t006")]
    [InlineData(5, 4, 2, "total 4", "t004")]
    public async Task Finds_rows_after_rejected_page(int count, int pageSize, int pageNo, string script, string rows)
    {
        var page = await ReadRejectedAsync(count, pageSize, pageNo, script);

        Assert.Equal(rows, string.Join(' ', page.Rows.Select(row => row.Name)));
    }

    /// <summary>Only a page that is not full proves the end.</summary>
    [Theory]
    [InlineData(9, 3, 3, "total 6")]
    [InlineData(8, 3, 3, "total 6")]
    [InlineData(10, 4, 2, "total 4")]
    [InlineData(6, 4, 2, "total 4")]
    public async Task Full_page_in_another_size_does_not_prove_end(int count, int pageSize, int pageNo, string script) =>
        Assert.Equal("InvalidPageNo", (await Assert.ThrowsAsync<CrApiException>(() => ReadRejectedAsync(count, pageSize, pageNo, script))).Code);

    [Theory]
    [InlineData(7, 3, 3)]
    [InlineData(7, 3, 4)]
    [InlineData(6, 3, 2)]
    [InlineData(6, 3, 4)]
    [InlineData(3, 3, 1)]
    public async Task Other_rejected_page_is_an_error(int count, int pageSize, int pageNo) =>
        Assert.Equal("InvalidPageNo", (await Assert.ThrowsAsync<CrApiException>(() => ReadRejectedAsync(count, pageSize, pageNo, ""))).Code);

    [Fact]
    public async Task Rejected_page_1_of_empty_list_is_an_error() =>
        await Assert.ThrowsAsync<CrApiException>(() => ReadRejectedAsync(0, 3, 1, ""));

    private static async Task<Page<ScriptedList.Row>> ReadRejectedAsync(int count, int pageSize, int pageNo, string script)
    {
        var source = new CheckedPages<ScriptedList.Row>(new ScriptedList(count, $"{script}, reject@2"));
        await source.GetPageAsync(1, pageSize, CancellationToken.None);
        return await source.GetPageAsync(pageNo, pageSize, CancellationToken.None);
    }
}
