using CrRegistry.Client.Paging;

namespace CrRegistry.Client.Tests.Paging;

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
    public void The_pages_that_hold_a_range(int pageSize, long skip, long? first, long total, int firstPage, int lastPage)
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
    public void The_rows_of_a_page_that_belong_to_it(long skip, long? first, int pageNo, string expected)
    {
        var rows = Enumerable.Range((pageNo - 1) * 10, 10).ToArray();

        var slice = new PagePlan(10, skip, first).Slice(pageNo, rows);

        Assert.Equal(expected, slice.Count == 0 ? "" : $"{slice[0]}-{slice[^1]}");
    }

    [Fact]
    public void A_range_beyond_all_counting_asks_for_the_last_page_that_can_be_asked_for()
    {
        var plan = new PagePlan(100, long.MaxValue, long.MaxValue);

        Assert.Equal((int.MaxValue, int.MaxValue - 1), (plan.FirstPage, plan.LastPage(1000)));
    }
}
