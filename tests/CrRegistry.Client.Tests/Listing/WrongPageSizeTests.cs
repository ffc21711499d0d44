using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>The effective page size is the number of rows on page 1. The PageSize in the reply is not trusted.</summary>
public sealed class WrongPageSizeTests
{
    public static TheoryData<int, string?> CappedPages()
    {
        var data = new TheoryData<int, string?>();
        foreach (var count in new[] { 250, 249, 201, 101, 100, 99, 51, 50, 49, 1, 1000 })
        {
            foreach (var echo in new[] { "100", null, "", "many", "0" }) data.Add(count, echo);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(CappedPages))]
    public void List_is_complete_with_silently_limited_pages(int count, string? echo)
    {
        var registry = FakeRegistry.WithTags(count).With((_, body) => body["PageSize"] = echo);
        registry.LargestPageSize = 50;

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        Assert.All(run.Tags, tag => Assert.Equal(ListingState.Whole, tag.Origin!.State));
        // Both ends once more, a probe past a full last page, and page 1 with its actual size.
        var pages = (count + 49) / 50;
        Assert.InRange(registry.PagesAsked.Count, pages, pages == 1 ? 2 : pages + 4);
    }

    /// <summary>The default call reads one page. Page 2 is read only if TotalCount does not confirm that no rows follow.</summary>
    [Theory]
    [InlineData(10, "10", "30", null, false, 1)]
    [InlineData(10, "10", "10", null, false, 1)]
    [InlineData(10, "11", "30", null, false, 1)]
    [InlineData(0, null, "30", null, false, 1)]
    [InlineData(30, null, "30", null, false, 1)]
    [InlineData(10, null, "30", null, false, 2)]
    [InlineData(10, "9", "30", null, false, 2)]
    [InlineData(10, null, "30", "PAGE_NOT_EXIST", false, 2)]
    [InlineData(10, null, "30", "Forbidden", true, 2)]
    [InlineData(60, null, "30", null, true, 2)]
    [InlineData(60, "5", "30", null, true, 2)]
    public void Default_call_shows_whether_rows_may_follow(int count, string? total, string echo, string? rejection, bool mayBeFollowed, int requests)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(total).With((_, body) => body["PageSize"] = echo);
        registry.LargestPageSize = count > 30 ? 20 : 100;
        if (rejection is not null)
        {
            var before = registry.Change;
            registry.Change = (request, body) => request.Parameters.GetValueOrDefault("PageNo") == "2" ? FakeRegistry.Reject(HttpStatusCode.NotFound, rejection) : before!(request, body);
        }

        var run = Run.Of(registry, RowRange.FirstPage(30));

        Assert.Null(run.Failure);
        Assert.Equal(mayBeFollowed, Assert.Single(run.Pages).MayBeFollowed);
        Assert.Equal(requests, registry.PagesAsked.Count);
    }

    [Theory]
    [InlineData(50, 250)]
    [InlineData(30, 250)]
    [InlineData(99, 250)]
    [InlineData(1, 7)]
    [InlineData(50, 200)]
    public void Limited_pages_cost_page_1_once_more(int largest, int count)
    {
        var registry = FakeRegistry.WithTags(count);
        registry.LargestPageSize = largest;

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        // Page 1 is requested again with the size of all other requests.
        var pages = (count + largest - 1) / largest;
        Assert.Equal(1 + pages + 2 + (count % largest == 0 ? 1 : 0), registry.PagesAsked.Count);
    }

    /// <summary>The page that proves the end is as small as page 1.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(1, 30)]
    public void List_is_complete_with_tiny_pages_and_TotalCount_of_one_page(int largest, int total)
    {
        foreach (var count in new[] { 30, largest })
        {
            var registry = FakeRegistry.WithTags(count).WithTotal(Math.Min(total, count));
            registry.LargestPageSize = largest;

            var run = Run.Of(registry, Run.All);

            Assert.Null(run.Failure);
            Assert.Equal(registry.Tags, run.Names);
        }
    }

    [Theory]
    [InlineData(0, 130L)]
    [InlineData(60, 70L)]
    [InlineData(60, null)]
    [InlineData(150, 45L)]
    [InlineData(100, 100L)]
    [InlineData(199, 2L)]
    [InlineData(250, 10L)]
    [InlineData(49, 2L)]
    [InlineData(400, null)]
    [InlineData(200, null)]
    [InlineData(240, 5L)]
    [InlineData(249, 1L)]
    public void Range_is_complete_with_silently_limited_pages(int skip, long? first)
    {
        // Page 3 of 100 has 50 rows, as in PageSize and TotalCount. Three wrong numbers match each other.
        foreach (var echo in new[] { "100", null })
        {
            var registry = FakeRegistry.WithTags(250).With((_, body) => body["PageSize"] = echo);
            registry.LargestPageSize = 50;

            var run = Run.Of(registry, RowRange.Range(skip, first, null));

            Assert.Null(run.Failure);
            Assert.Equal(registry.Tags.Skip(skip).Take((int)(first ?? int.MaxValue)), run.Names);
        }
    }

    [Theory]
    [InlineData(40, 30)]
    [InlineData(7, 5)]
    [InlineData(20, 20)]
    public void Specified_page_size_is_limited_in_the_same_way(int pageSize, int largest)
    {
        var registry = FakeRegistry.WithTags(95).With((_, body) => body["PageSize"] = pageSize);
        registry.LargestPageSize = largest;

        var run = Run.Of(registry, RowRange.Range(0, null, pageSize));

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
    }

    [Theory]
    [InlineData("1000")]
    [InlineData("101")]
    [InlineData("2147483647")]
    [InlineData("99999999999")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("99")]
    [InlineData("50")]
    public void List_is_complete_with_wrong_PageSize_in_replies(string echo)
    {
        foreach (var count in new[] { 250, 300, 101, 100, 30 })
        {
            var registry = FakeRegistry.WithTags(count).With((_, body) => body["PageSize"] = echo);

            var run = Run.Of(registry, Run.All);

            if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
            else Assert.IsType<IncompleteListingException>(run.Failure);
            Assert.Equal(run.Names.Distinct(), run.Names);
            Assert.InRange(registry.PagesAsked.Count, 1, 100);
        }
    }

    [Fact]
    public void List_is_complete_with_changing_PageSize()
    {
        var replies = 0;
        var registry = FakeRegistry.WithTags(450).With((_, body) => body["PageSize"] = 50 + (Interlocked.Increment(ref replies) % 3 * 25));

        var run = Run.Of(registry, Run.All);

        if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
        else Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.InRange(registry.PagesAsked.Count, 1, 200);
    }

    /// <summary>The rows in between are on no page of 100 rows.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    public void Page_that_always_lacks_half_is_IncompleteListing_or_complete(string pageNo)
    {
        var registry = FakeRegistry.WithTags(400).With((request, body) =>
        {
            if (request["PageNo"] == pageNo && request["PageSize"] == "100") DropHalf(body);
        });

        var run = Run.Of(registry, Run.All);

        if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
        else Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.InRange(registry.PagesAsked.Count, 1, 100);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("4")]
    public void Finds_rows_of_page_that_lacks_half_once(string pageNo)
    {
        var isDone = 0;
        var registry = FakeRegistry.WithTags(450).With((request, body) =>
        {
            if (request["PageNo"] == pageNo && Interlocked.Exchange(ref isDone, 1) == 0) DropHalf(body);
        });

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Order(), run.Names.Order());
    }

    [Fact]
    public void Continues_after_partial_page_once_without_TotalCount()
    {
        var isDone = 0;
        var registry = FakeRegistry.WithTags(450).WithTotal(null).With((request, body) =>
        {
            if (request["PageNo"] == "2" && Interlocked.Exchange(ref isDone, 1) == 0) DropHalf(body);
        });

        var run = Run.Of(registry, Run.All);

        if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
        else Assert.IsType<IncompleteListingException>(run.Failure);
    }

    /// <summary>Page 1 lacks a row in every size, so that it is never full.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("10")]
    public void Continues_after_page_1_that_is_never_full(string? total)
    {
        var registry = FakeRegistry.WithTags(250).WithTotal(total).With((request, body) =>
        {
            if (request["PageNo"] == "1") body["Images"]!.AsArray().RemoveAt(7);
        });

        Assert.IsType<IncompleteListingException>(Run.Of(registry, Run.All).Failure);
        Assert.IsType<IncompleteListingException>(Run.Of(registry, RowRange.Range(0, 249, null)).Failure);
        Assert.IsType<IncompleteListingException>(Run.Of(registry, Run.Query(Run.All, match: tag => tag.StartsWith("v24", StringComparison.Ordinal))).Failure);
    }

    /// <summary>Each page also has the first 20 rows of the next one, or pages of 120 rows follow one another.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reads_pages_with_more_rows_than_requested(bool overlaps)
    {
        foreach (var count in new[] { 250, 480, 120, 100 })
        {
            var registry = FakeRegistry.WithTags(count);
            registry.With((request, body) =>
            {
                var (pageNo, size) = (int.Parse(request["PageNo"], CultureInfo.InvariantCulture), int.Parse(request["PageSize"], CultureInfo.InvariantCulture));
                var from = (pageNo - 1) * (overlaps ? size : size + 20);
                body["Images"] = new JsonArray([.. registry.Tags.Skip(from).Take(size + 20).Select(tag => new JsonObject { ["Tag"] = tag, ["ImageUpdate"] = 1572875608000 + (1000 * registry.SecondsOf(tag)) })]);
            });

            var run = Run.Of(registry, Run.All);

            if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
            else Assert.IsType<IncompleteListingException>(run.Failure);
            Assert.Equal(run.Names.Distinct(), run.Names);
            Assert.InRange(registry.PagesAsked.Count, 1, 100);
        }
    }

    [Fact]
    public void Repeated_row_on_page_hides_no_row()
    {
        var registry = FakeRegistry.WithTags(250).With((request, body) =>
        {
            if (request["PageNo"] == "2") body["Images"]!.AsArray().Insert(5, body["Images"]![4]!.DeepClone());
        });

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Order(), run.Names.Order());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData(null)]
    [InlineData("many")]
    public void Ignores_wrong_PageNo_in_reply(string? echo)
    {
        var registry = FakeRegistry.WithTags(250).With((_, body) => body["PageNo"] = echo);

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        Assert.Equal(5, registry.PagesAsked.Count);
    }

    public static TheoryData<int, string, string> WrongEchoes()
    {
        var data = new TheoryData<int, string, string>();
        foreach (var count in new[] { 1, 5, 99, 100, 150, 200, 250, 300 })
        {
            foreach (var echo in new[] { "rows", "1", "30" })
            {
                foreach (var pastEnd in new[] { "empty", "first", "last", "rejected" }) data.Add(count, echo, pastEnd);
            }
        }

        return data;
    }

    /// <summary>PageSize in the reply is the number of rows on the page, or a number below it. The rows show the effective page size.</summary>
    [Theory]
    [MemberData(nameof(WrongEchoes))]
    public void List_is_complete_with_PageSize_that_is_not_above_number_of_rows(int count, string echo, string pastEnd)
    {
        foreach (var isInOrderOfTime in new[] { true, false })
        {
            var registry = Echoing(count, echo, pastEnd);
            if (!isInOrderOfTime) registry.SecondsOf = tag => int.Parse(tag[1..], CultureInfo.InvariantCulture) % 7;

            var run = Run.Of(registry, Run.All);

            Assert.Null(run.Failure);
            Assert.Equal(registry.Tags, run.Names);
            // Page 2 of a list of one page; a rejected page past the end is read in another way.
            var pages = (count + 99) / 100;
            Assert.InRange(registry.PagesAsked.Count, 1, pages == 1 ? 4 : isInOrderOfTime ? pages + 4 : (2 * pages) + 4);
        }
    }

    [Theory]
    [InlineData(60, null, "rows")]
    [InlineData(0, 220L, "rows")]
    [InlineData(200, null, "rows")]
    [InlineData(249, 10L, "rows")]
    [InlineData(100, null, "1")]
    [InlineData(0, 220L, "1")]
    [InlineData(60, 100L, "30")]
    public void Range_is_complete_with_PageSize_that_is_not_above_number_of_rows(int skip, long? first, string echo)
    {
        foreach (var pastEnd in new[] { "empty", "first", "last", "rejected" })
        {
            var registry = Echoing(250, echo, pastEnd);

            var run = Run.Of(registry, RowRange.Range(skip, first, null));

            Assert.Null(run.Failure);
            Assert.Equal(registry.Tags.Skip(skip).Take((int)(first ?? int.MaxValue)), run.Names);
            Assert.InRange(registry.PagesAsked.Count, 1, 5);
        }
    }

    [Theory]
    [InlineData("200", 250, 12)]
    [InlineData("100000", 250, 12)]
    public void Wrong_TotalCount_and_PageSize_1_cost_few_requests(string total, int count, int most)
    {
        var registry = Echoing(count, "1", "empty").WithTotal(total);

        var run = Run.Of(registry, Run.Query(Run.All), throttleLimit: 1);

        if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
        else Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.InRange(registry.PagesAsked.Count, 1, most);
    }

    private static FakeRegistry Echoing(int count, string echo, string pastEnd)
    {
        var registry = FakeRegistry.WithTags(count).With((_, body) => body["PageSize"] = echo == "rows" ? body["Images"]!.AsArray().Count : int.Parse(echo, CultureInfo.InvariantCulture));
        registry.Shown = (pageNo, last) => pageNo <= last ? pageNo : pastEnd == "first" ? 1 : pastEnd == "last" ? last : pageNo;
        var change = registry.Change!;
        registry.Change = (request, body) =>
            pastEnd == "rejected" && request["PageNo"] != "1" && (int.Parse(request["PageNo"], CultureInfo.InvariantCulture) - 1) * int.Parse(request["PageSize"], CultureInfo.InvariantCulture) >= count
                ? FakeRegistry.Reject(HttpStatusCode.BadRequest, "InvalidParameter")
                : change(request, body);
        return registry;
    }

    private static void DropHalf(JsonObject body)
    {
        var rows = body["Images"]!.AsArray();
        while (rows.Count > 50) rows.RemoveAt(rows.Count - 1);
    }
}
