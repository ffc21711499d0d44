using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>Replies that contradict each other: the list is complete, or it is an error.</summary>
public sealed class ContradictionTests
{
    /// <summary>The page that should prove the end is full and proves nothing.</summary>
    [Theory]
    [InlineData(250, 100, 400, "InvalidParameter", null)]
    [InlineData(250, 100, 404, "PAGE_NOT_EXIST", null)]
    [InlineData(250, 100, 403, "Forbidden", null)]
    [InlineData(250, 100, 500, "SystemError", null)]
    [InlineData(350, 200, 400, "InvalidParameter", null)]
    [InlineData(1000, 300, 400, "InvalidParameter", null)]
    [InlineData(1500, 1000, 400, "InvalidParameter", null)]
    [InlineData(150, 50, 400, "InvalidParameter", 50)]
    public void Rejected_pages_after_too_low_TotalCount_are_IncompleteListing(int count, int total, int status, string code, int? pageSize)
    {
        var all = Run.Of(RejectingBehind(count, total, status, code), RowRange.Range(0, null, pageSize));
        var range = Run.Of(RejectingBehind(count, total, status, code), RowRange.Range(0, count, pageSize));
        var rest = Run.Of(RejectingBehind(count, total, status, code), RowRange.Range(total - 40, null, pageSize));
        var names = Run.Of(RejectingBehind(count, total, status, code), Run.Query(Run.All, exact: [.. Enumerable.Range(count - 26, 26).Select(number => $"v{number}")]));

        Assert.All([all, range, rest], run => Assert.IsType<IncompleteListingException>(run.Failure));
        Assert.NotNull(names.Failure);
        Assert.Empty(names.Missing);
    }

    [Fact]
    public void Range_after_rejected_page_is_IncompleteListing_if_previous_page_exceeds_TotalCount()
    {
        var run = Run.Of(RejectingBehind(250, 120, 400, "InvalidParameter"), RowRange.Range(200, 10, null));

        Assert.NotNull(run.Failure);
    }

    /// <summary>The reply that was requested to prove the end had them.</summary>
    [Theory]
    [InlineData(250, 100)]
    [InlineData(198, 100)]
    [InlineData(120, 100)]
    [InlineData(250, 120)]
    [InlineData(450, 230)]
    public void Unknown_rows_in_proof_of_end_are_IncompleteListing_or_found(int count, int total)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(total).With((request, body) =>
        {
            if ((Number(request, "PageNo") - 1) * Number(request, "PageSize") >= total) body["Images"] = new JsonArray();
        });

        var run = Run.Of(registry, Run.All);

        // With another page size, the last rows may be on a page that begins before TotalCount.
        if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
        else Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal(run.Names.Distinct(), run.Names);
        Assert.Equal(registry.Tags.Take(100), run.Names.Take(100));
    }

    /// <summary>In another page size, the last rows before the page without rows are also after TotalCount.</summary>
    [Theory]
    [InlineData(250, 120, 0, 250L)]
    [InlineData(450, 230, 50, null)]
    [InlineData(450, 230, 150, 250L)]
    public void Range_at_empty_page_after_too_low_TotalCount_is_IncompleteListing(int count, int total, int skip, long? first)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(total).With((request, body) =>
        {
            if ((Number(request, "PageNo") - 1) * Number(request, "PageSize") >= total) body["Images"] = new JsonArray();
        });

        Assert.IsType<IncompleteListingException>(Run.Of(registry, RowRange.Range(skip, first, null)).Failure);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100")]
    [InlineData("200")]
    [InlineData("250")]
    [InlineData(null)]
    public void Ignored_PageNo_is_IncompleteListing_for_any_TotalCount(string? total)
    {
        var registry = FakeRegistry.WithTags(250).WithTotal(total);
        registry.Shown = (_, _) => 1;

        var run = Run.Of(registry, Run.All);

        Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal(registry.Tags.Take(100), run.Names);
        Assert.InRange(registry.PagesAsked.Count, 2, 10);
    }

    /// <summary>TotalCount agrees that there are no more rows, and the page of another size that would prove it is full.</summary>
    [Theory]
    [InlineData(100, 0, 150L)]
    [InlineData(100, 100, 10L)]
    [InlineData(100, 200, null)]
    [InlineData(150, 200, null)]
    [InlineData(150, 200, 10L)]
    public void Range_past_TotalCount_with_ignored_PageNo_is_IncompleteListing(int total, int skip, long? first)
    {
        var registry = FakeRegistry.WithTags(250).WithTotal(total);
        registry.Shown = (_, _) => 1;

        Assert.IsType<IncompleteListingException>(Run.Of(registry, RowRange.Range(skip, first, null)).Failure);
    }

    /// <summary>Page 2 of 100 rows has the rows 50 to 99.</summary>
    [Theory]
    [InlineData(250, true)]
    [InlineData(150, true)]
    [InlineData(250, false)]
    [InlineData(null, false)]
    [InlineData(0, true)]
    [InlineData(null, true)]
    public void Page_of_range_smaller_than_page_1_is_IncompleteListing(int? total, bool echoes)
    {
        var registry = LimitedAfter(250, request => Number(request, "PageNo") > 1, echoes).WithTotal(total);

        var run = Run.Of(registry, RowRange.Range(120, 10, null));

        Assert.IsType<IncompleteListingException>(run.Failure);
    }

    [Fact]
    public void Last_page_of_range_with_other_PageSize_is_IncompleteListing()
    {
        var registry = LimitedAfter(150, request => Number(request, "PageNo") == 2, echoes: true);
        var other = LimitedAfter(350, request => Number(request, "PageNo") == 4, echoes: true);

        Assert.IsType<IncompleteListingException>(Run.Of(registry, RowRange.Range(100, null, null)).Failure);
        Assert.IsType<IncompleteListingException>(Run.Of(other, RowRange.Range(200, null, null)).Failure);
    }

    [Theory]
    [InlineData("2", 120, 10L)]
    [InlineData("2", 0, 150L)]
    [InlineData("1", 10, 50L)]
    public void Page_of_range_without_a_row_is_IncompleteListing(string pageNo, int skip, long first)
    {
        foreach (var total in new[] { "350", "120", "0", null })
        {
            var registry = Lacking(350, pageNo).WithTotal(total);

            Assert.IsType<IncompleteListingException>(Run.Of(registry, RowRange.Range(skip, first, null)).Failure);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("150")]
    [InlineData("350")]
    public void Continues_after_page_without_a_row(string? total)
    {
        var registry = Lacking(350, "2").WithTotal(total);

        // With another page size, page 2 lacks another row.
        var run = Run.Of(registry, Run.All);
        if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
        else Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.IsType<IncompleteListingException>(Run.Of(registry, RowRange.Range(0, 300, null)).Failure);
        Assert.IsType<IncompleteListingException>(Run.Of(registry, RowRange.Range(120, null, null)).Failure);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(99)]
    [InlineData(250)]
    public void End_of_range_without_TotalCount_costs_one_request(int count)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(null);

        var run = Run.Of(registry, RowRange.Range(0, 1000, null));

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        Assert.Equal(((count + 99) / 100) + 1, registry.PagesAsked.Count);
    }

    /// <summary>Page 1 in another size shows the same limit as page 2.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData("0", false)]
    [InlineData(null, true)]
    public void List_is_complete_with_pages_limited_from_second_reply_on(string? total, bool saysRequestedSize)
    {
        var replies = 0;
        var registry = LimitedAfter(250, _ => Interlocked.Increment(ref replies) > 1, echoes: false).WithTotal(total);
        if (!saysRequestedSize) registry.With((_, body) => body["PageSize"] = null);

        var run = Run.Of(registry, Run.All);

        if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
        else Assert.IsType<IncompleteListingException>(run.Failure);
    }

    /// <summary>The service returns larger pages than requested.</summary>
    [Theory]
    [InlineData(450, 200, 120, 10L, null)]
    [InlineData(450, 200, 0, 250L, null)]
    [InlineData(450, 1000, 120, null, null)]
    [InlineData(100, 10, 7, 3L, 5)]
    [InlineData(100, 10, 0, 15L, 5)]
    [InlineData(100, 30, 0, 35L, 10)]
    public void Page_after_too_large_page_is_IncompleteListing(int count, int smallest, int skip, long? first, int? pageSize)
    {
        foreach (var total in new int?[] { count, 110, null })
        {
            var registry = FakeRegistry.WithTags(count).WithTotal(total);
            registry.With((request, body) => body["Images"] = Rows(registry, (Number(request, "PageNo") - 1) * smallest, smallest));

            Assert.IsType<IncompleteListingException>(Run.Of(registry, RowRange.Range(skip, first, pageSize)).Failure);
        }
    }

    [Fact]
    public void Reads_range_on_page_1_from_too_large_page()
    {
        var registry = FakeRegistry.WithTags(100);
        registry.With((request, body) => body["Images"] = Rows(registry, (Number(request, "PageNo") - 1) * 10, 10));

        var run = Run.Of(registry, RowRange.Range(0, 5, null));

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Take(5), run.Names);
    }

    /// <summary>The page before the range has the same rows.</summary>
    [Theory]
    [InlineData(150, 250, 2, 200, null, null)]
    [InlineData(200, 300, 2, 200, null, null)]
    [InlineData(200, 300, 2, 250, null, null)]
    [InlineData(60, 90, 2, 60, null, 30)]
    [InlineData(300, 300, 2, 200, null, null)]
    [InlineData(300, 300, 2, 250, 51L, null)]
    [InlineData(1500, 1500, 10, 1450, null, null)]
    public void Range_past_last_readable_page_is_IncompleteListing(int count, int total, int lastPage, int skip, long? first, int? pageSize)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(total);
        registry.Shown = (pageNo, _) => Math.Min(pageNo, lastPage);

        var run = Run.Of(registry, RowRange.Range(skip, first, pageSize));

        Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Empty(run.Names);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    public void Repeated_row_on_only_page_is_IncompleteListing(int count)
    {
        var registry = FakeRegistry.WithTags(count).With((_, body) => body["Images"]![2] = body["Images"]![1]!.DeepClone());

        var run = Run.Of(registry, Run.All);

        Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal(count - 1, run.Names.Count);
    }

    /// <summary>TotalCount counts the rows, the names, or nothing.</summary>
    [Theory]
    [InlineData(60, "60", "ImageUpdate")]
    [InlineData(60, "1", "ImageUpdate")]
    [InlineData(60, null, "ImageUpdate")]
    [InlineData(60, "1", "Digest")]
    [InlineData(60, null, "Digest")]
    [InlineData(100, null, "ImageUpdate")]
    [InlineData(100, "1", "Digest")]
    public void Page_that_lists_different_rows_of_one_name_is_IncompleteListing(int count, string? total, string differing)
    {
        var number = 0;
        var registry = FakeRegistry.WithTags(count).WithTotal(total).With((_, body) =>
        {
            foreach (var row in body["Images"]!.AsArray()) (row!["Tag"], row["ImageUpdate"], row[differing]) = ("a", 1572875608000, 1572875608000 - number++);
        });

        AssertListsTwice(Run.Of(registry, Run.All), 1, "a", 0);
        AssertListsTwice(Run.Of(registry, RowRange.Range(0, 50, null)), 1, "a", 0);
        AssertListsTwice(Run.Of(registry, Run.Query(Run.All, match: static _ => true)), 1, "a", 0);
    }

    /// <summary>Nothing shows that no other row was in the place of one of them.</summary>
    [Theory]
    [InlineData("1", 0, null, 249)]
    [InlineData("2", 100, null, 250)]
    [InlineData("3", 200, null, 250)]
    [InlineData("1", 0, "20", 249)]
    public void Row_twice_on_a_page_is_IncompleteListing_unless_TotalCount_agrees(string pageNo, int skip, string? total, int rows)
    {
        var registry = FakeRegistry.WithTags(250).WithTotal(total).With((request, body) =>
        {
            if (request["PageNo"] == pageNo) body["Images"]![7] = body["Images"]![6]!.DeepClone();
        });

        AssertListsTwice(Run.Of(registry, Run.All), int.Parse(pageNo, CultureInfo.InvariantCulture), null, rows);
        AssertListsTwice(Run.Of(registry, RowRange.Range(skip, 50, null)), skip / 100 + 1, $"v{skip + 6}", 0);
    }

    [Fact]
    public void Names_that_differ_only_in_invalid_Unicode_are_IncompleteListing()
    {
        var registry = FakeRegistry.WithTags(2);
        registry.Change = (_, _) => FakeRegistry.Reply(HttpStatusCode.OK, """{"Code":"success","TotalCount":2,"Images":[{"Tag":"\ud800"},{"Tag":"\ud801"}]}""");

        AssertListsTwice(Run.Of(registry, Run.All), 1, "\ufffd", 1);
    }

    /// <summary>Only the complete list tells rows apart by their names.</summary>
    [Fact]
    public void Single_page_returns_rows_with_equal_names()
    {
        var registry = FakeRegistry.WithTags(60).With((_, body) => body["Images"]![2] = body["Images"]![1]!.DeepClone());

        var run = Run.Of(registry, RowRange.Page(1, 100));

        Assert.Null(run.Failure);
        Assert.Equal(["v0", "v1", "v1", "v3"], run.Names.Take(4));
    }

    private static void AssertListsTwice(Run run, int pageNo, string? name, int rows)
    {
        var failure = Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.EndsWith(name is null ? "' twice." : $". The reply lists '{name}' twice.", failure.Message, StringComparison.Ordinal);
        Assert.Equal((pageNo, rows, true), (failure.PageNo, failure.RowsReceived, failure.IsContradiction));
        Assert.Equal(rows, run.Names.Count);
    }

    private static FakeRegistry RejectingBehind(int count, int total, int status, string code)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(total);
        var change = registry.Change!;
        registry.Change = (request, body) =>
            request.Action == "ListRepoTag" && (Number(request, "PageNo") - 1) * Number(request, "PageSize") >= total
                ? FakeRegistry.Reject((HttpStatusCode)status, code)
                : change(request, body);
        return registry;
    }

    /// <summary>Pages of at most 50 rows in some replies.</summary>
    private static FakeRegistry LimitedAfter(int count, Func<SeenRequest, bool> isLimited, bool echoes)
    {
        var registry = FakeRegistry.WithTags(count);
        return registry.With((request, body) =>
        {
            if (!isLimited(request)) return;
            var size = Math.Min(50, Number(request, "PageSize"));
            body["Images"] = Rows(registry, (Number(request, "PageNo") - 1) * size, size);
            if (echoes) body["PageSize"] = size;
        });
    }

    /// <summary>A page lacks its row 7 in each size.</summary>
    private static FakeRegistry Lacking(int count, string pageNo) => FakeRegistry.WithTags(count).With((request, body) =>
    {
        if (request["PageNo"] == pageNo) body["Images"]!.AsArray().RemoveAt(7);
    });

    private static JsonArray Rows(FakeRegistry registry, int from, int count) =>
        new([.. registry.Tags.Skip(from).Take(count).Select(tag => new JsonObject { ["Tag"] = tag, ["ImageUpdate"] = 1572875608000 + (1000 * registry.SecondsOf(tag)) })]);

    private static int Number(SeenRequest request, string parameter) => int.Parse(request[parameter], CultureInfo.InvariantCulture);
}
