using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>Replies that contradict each other: the list is complete, or it is an error.</summary>
public sealed class ContradictionTests
{
    /// <summary>The page that is read to prove the end is full: it proves nothing.</summary>
    [Theory]
    [InlineData(250, 100, 400, "InvalidParameter", null)]
    [InlineData(250, 100, 404, "PAGE_NOT_EXIST", null)]
    [InlineData(250, 100, 403, "Forbidden", null)]
    [InlineData(250, 100, 500, "SystemError", null)]
    [InlineData(350, 200, 400, "InvalidParameter", null)]
    [InlineData(1000, 300, 400, "InvalidParameter", null)]
    [InlineData(1500, 1000, 400, "InvalidParameter", null)]
    [InlineData(150, 50, 400, "InvalidParameter", 50)]
    public void A_service_that_refuses_the_pages_behind_a_TotalCount_that_is_too_low_is_IncompleteListing(int count, int total, int status, string code, int? pageSize)
    {
        var all = Run.Of(RefusingBehind(count, total, status, code), RowRange.Range(0, null, pageSize));
        var range = Run.Of(RefusingBehind(count, total, status, code), RowRange.Range(0, count, pageSize));
        var rest = Run.Of(RefusingBehind(count, total, status, code), RowRange.Range(total - 40, null, pageSize));
        var names = Run.Of(RefusingBehind(count, total, status, code), Run.Query(Run.All, exact: [.. Enumerable.Range(count - 26, 26).Select(number => $"v{number}")]));

        Assert.All([all, range, rest], run => Assert.IsType<IncompleteListingException>(run.Failure));
        Assert.NotNull(names.Failure);
        Assert.Empty(names.Missing);
    }

    /// <summary>The reply that was requested to prove the end had them.</summary>
    [Theory]
    [InlineData(250, 100)]
    [InlineData(198, 100)]
    [InlineData(120, 100)]
    public void Rows_of_a_proof_of_the_end_that_no_page_has_are_IncompleteListing(int count, int total)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(total).With((request, body) =>
        {
            if ((Number(request, "PageNo") - 1) * Number(request, "PageSize") >= total) body["Images"] = new JsonArray();
        });

        var run = Run.Of(registry, Run.All);

        Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal(run.Names.Distinct(), run.Names);
        Assert.Equal(registry.Tags.Take(100), run.Names.Take(100));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100")]
    [InlineData("200")]
    [InlineData("250")]
    [InlineData(null)]
    public void A_service_that_ignores_PageNo_is_IncompleteListing_whatever_TotalCount_says(string? total)
    {
        var registry = FakeRegistry.WithTags(250).WithTotal(total);
        registry.Shown = (_, _) => 1;

        var run = Run.Of(registry, Run.All);

        Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal(registry.Tags.Take(100), run.Names);
        Assert.InRange(registry.PagesAsked.Count, 2, 10);
    }

    /// <summary>Page 1 in another size shows the same limit as page 2.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData("0", false)]
    [InlineData(null, true)]
    public void Pages_that_the_service_limits_from_the_second_reply_on_cut_no_list(string? total, bool saysRequestedSize)
    {
        var replies = 0;
        var registry = LimitedAfter(250, _ => Interlocked.Increment(ref replies) > 1, echoes: false).WithTotal(total);
        if (!saysRequestedSize) registry.With((_, body) => body["PageSize"] = null);

        var run = Run.Of(registry, Run.All);

        if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
        else Assert.IsType<IncompleteListingException>(run.Failure);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    public void A_row_twice_on_the_only_page_that_hides_another_one_is_IncompleteListing(int count)
    {
        var registry = FakeRegistry.WithTags(count).With((_, body) => body["Images"]![2] = body["Images"]![1]!.DeepClone());

        var run = Run.Of(registry, Run.All);

        Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal(count - 1, run.Names.Count);
    }

    private static FakeRegistry RefusingBehind(int count, int total, int status, string code)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(total);
        var change = registry.Change!;
        registry.Change = (request, body) =>
            request.Action == "ListRepoTag" && (Number(request, "PageNo") - 1) * Number(request, "PageSize") >= total
                ? FakeRegistry.Refuse((HttpStatusCode)status, code)
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

    private static JsonArray Rows(FakeRegistry registry, int from, int count) =>
        new([.. registry.Tags.Skip(from).Take(count).Select(tag => new JsonObject { ["Tag"] = tag, ["ImageUpdate"] = 1572875608000 + (1000 * registry.SecondsOf(tag)) })]);

    private static int Number(SeenRequest request, string parameter) => int.Parse(request[parameter], CultureInfo.InvariantCulture);
}
