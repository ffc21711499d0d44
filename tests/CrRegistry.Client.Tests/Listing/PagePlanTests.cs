using CrRegistry.Client.Listing;

namespace CrRegistry.Client.Tests.Listing;

public sealed class PagePlanTests
{
    [Theory]
    [InlineData(100, 0L, null, 0L, 1, 0)]
    [InlineData(100, 0L, null, 100L, 1, 1)]
    [InlineData(100, 0L, null, 101L, 1, 2)]
    [InlineData(100, 150L, 5L, 1000L, 2, 2)]
    [InlineData(100, 195L, 10L, 1000L, 2, 3)]
    [InlineData(100, 200L, 100L, 1000L, 3, 3)]
    [InlineData(100, 0L, 250L, 1000L, 1, 3)]
    [InlineData(100, 0L, 250L, 120L, 1, 2)]
    [InlineData(100, 500L, null, 120L, 6, 5)]
    [InlineData(30, 31L, 1L, 100L, 2, 2)]
    public void Returns_pages_of_range(int pageSize, long skip, long? first, long total, int firstPage, int lastPage)
    {
        var plan = new PagePlan(pageSize, skip, first);

        Assert.Equal((firstPage, lastPage), (plan.FirstPage, plan.LastPage(total)));
    }

    [Theory]
    [InlineData(0L, null, 1, "0-9")]
    [InlineData(15L, 3L, 2, "15-17")]
    [InlineData(15L, null, 2, "15-19")]
    [InlineData(5L, 20L, 1, "5-9")]
    [InlineData(5L, 20L, 3, "20-24")]
    [InlineData(5L, 20L, 4, "")]
    public void Returns_rows_of_page_in_range(long skip, long? first, int pageNo, string expected)
    {
        var rows = Enumerable.Range((pageNo - 1) * 10, 10).ToArray();

        var slice = new PagePlan(10, skip, first).Slice(pageNo, rows);

        Assert.Equal(expected, slice.Count == 0 ? "" : $"{slice[0]}-{slice[^1]}");
    }

    [Fact]
    public void Range_past_largest_number_requests_largest_PageNo()
    {
        var plan = new PagePlan(100, long.MaxValue, long.MaxValue);

        Assert.Equal((int.MaxValue, int.MaxValue - 1), (plan.FirstPage, plan.LastPage(1000)));
    }

    [Theory]
    [InlineData(0L, null, 0L, 1)]
    [InlineData(0L, null, 99L, 1)]
    [InlineData(0L, null, 100L, 2)]
    [InlineData(0L, null, 101L, 2)]
    [InlineData(0L, null, 300L, 4)]
    [InlineData(150L, null, 300L, 4)]
    [InlineData(500L, null, 300L, 6)]
    [InlineData(0L, 300L, 300L, 3)]
    [InlineData(0L, 301L, 300L, 4)]
    [InlineData(0L, 1000L, 300L, 4)]
    [InlineData(150L, 50L, 1000L, 2)]
    [InlineData(150L, 51L, 1000L, 3)]
    public void Returns_page_that_proves_end(long skip, long? first, long total, int page) =>
        Assert.Equal(page, new PagePlan(100, skip, first).EndPage(total));

    [Theory]
    [InlineData(0L, 0)]
    [InlineData(1L, 1)]
    [InlineData(100L, 1)]
    [InlineData(101L, 2)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void Returns_number_of_pages(long total, int pages) => Assert.Equal(pages, PagePlan.PagesOf(total, 100));

    [Theory]
    [InlineData(1, 250L, 100)]
    [InlineData(2, 250L, 100)]
    [InlineData(3, 250L, 50)]
    [InlineData(4, 250L, 0)]
    [InlineData(1, 0L, 0)]
    [InlineData(int.MaxValue, long.MaxValue, 100)]
    public void Returns_number_of_rows_on_page(int pageNo, long total, int rows) => Assert.Equal(rows, PagePlan.RowsOnPage(pageNo, 100, total));

    [Theory]
    [InlineData(300L, 100, 99)]
    [InlineData(250L, 100, 100)]
    [InlineData(162L, 3, 4)]
    [InlineData(162L, 4, 4)]
    [InlineData(162L, 5, 5)]
    [InlineData(120L, 6, 7)]
    [InlineData(1L, 1, 2)]
    [InlineData(0L, 100, 0)]
    public void Returns_page_size_with_partial_last_page(long total, int pageSize, int size) =>
        Assert.Equal(size, PagePlan.SizeWithPartialLastPage(total, pageSize));

    [Theory]
    [InlineData(0L, null, 250L, 250L)]
    [InlineData(50L, null, 250L, 200L)]
    [InlineData(50L, 100L, 250L, 100L)]
    [InlineData(200L, 100L, 250L, 50L)]
    [InlineData(300L, 100L, 250L, 0L)]
    public void Returns_number_of_rows_of_range(long skip, long? first, long total, long rows) => Assert.Equal(rows, new PagePlan(100, skip, first).RowsOf(total));
}
