using System.Globalization;
using System.Net;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>Pages past the end of a list: empty, a repeated page, or rejected. Reading always ends.</summary>
public sealed class RepeatedPageTests
{
    private static readonly Func<int, int, int> s_lastPage = Math.Min;
    private static readonly Func<int, int, int> s_firstPage = (pageNo, last) => pageNo > last ? 1 : pageNo;
    private static readonly Func<int, int, int> s_ignored = (_, _) => 1;

    [Theory]
    [InlineData(250)]
    [InlineData(199)]
    [InlineData(101)]
    [InlineData(99)]
    [InlineData(1)]
    [InlineData(1050)]
    public void Ends_without_TotalCount_if_service_repeats_page_past_end(int count)
    {
        foreach (var shown in new[] { s_lastPage, s_firstPage })
        {
            var registry = FakeRegistry.WithTags(count).WithTotal(null);
            registry.Shown = shown;

            var run = Run.Of(registry, Run.All);

            Assert.Null(run.Failure);
            Assert.Equal(registry.Tags, run.Names);
            // The pages of the second reading are smaller.
            Assert.InRange(registry.PagesAsked.Count, 1, (2 * PagesOf(count)) + 3);
        }
    }

    /// <summary>The repeated page is full, as if the service ignored PageNo.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    public void Repeated_full_last_page_without_TotalCount_is_complete_or_IncompleteListing(int count)
    {
        foreach (var shown in new[] { s_lastPage, s_firstPage })
        {
            var registry = FakeRegistry.WithTags(count).WithTotal(null);
            registry.Shown = shown;

            var run = Run.Of(registry, Run.All);

            Assert.True(run.Failure is null or IncompleteListingException);
            Assert.Equal(registry.Tags, run.Names);
            Assert.InRange(registry.PagesAsked.Count, 1, 2 * (PagesOf(count) + 2));
        }
    }

    [Theory]
    [InlineData(250)]
    [InlineData(300)]
    [InlineData(100)]
    [InlineData(30)]
    public void Repeated_page_past_end_with_correct_TotalCount_changes_nothing(int count)
    {
        foreach (var shown in new[] { s_lastPage, s_firstPage })
        {
            var registry = FakeRegistry.WithTags(count);
            registry.Shown = shown;

            var run = Run.Of(registry, Run.All);

            Assert.Null(run.Failure);
            Assert.Equal(registry.Tags, run.Names);
            var pages = PagesOf(count);
            Assert.Equal(pages + (pages > 1 ? 2 : 0) + (count % 100 == 0 ? 1 : 0), registry.PagesAsked.Count);
        }
    }

    [Theory]
    [InlineData(250, 200)]
    [InlineData(250, 100)]
    [InlineData(730, 150)]
    public void Repeated_page_past_end_with_too_low_TotalCount_ends_list(int count, int total)
    {
        foreach (var shown in new[] { s_lastPage, s_firstPage })
        {
            var registry = FakeRegistry.WithTags(count).WithTotal(total);
            registry.Shown = shown;

            var run = Run.Of(registry, Run.All);

            Assert.Null(run.Failure);
            Assert.Equal(registry.Tags, run.Names);
            Assert.InRange(registry.PagesAsked.Count, 1, (2 * (PagesOf(count) + 1)) + 42);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("-1")]
    [InlineData("1e0")]
    [InlineData("many")]
    public void Ignored_PageNo_without_TotalCount_is_IncompleteListing_within_three_requests(string? total)
    {
        var registry = FakeRegistry.WithTags(250).WithTotal(total);
        registry.Shown = s_ignored;

        var run = Run.Of(registry, Run.All);

        Assert.Equal(100, Assert.IsType<IncompleteListingException>(run.Failure).RowsReceived);
        Assert.Equal(registry.Tags.Take(100), run.Names);
        Assert.InRange(registry.PagesAsked.Count, 2, 3);
        Assert.All(run.Tags, tag => Assert.Equal(ListingState.Failed, tag.Origin!.State));
    }

    [Theory]
    [InlineData("250")]
    [InlineData("100000")]
    [InlineData("101")]
    public void Ignored_PageNo_is_IncompleteListing(string total)
    {
        var registry = FakeRegistry.WithTags(250).WithTotal(total);
        registry.Shown = s_ignored;

        var run = Run.Of(registry, Run.All);

        Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal(registry.Tags.Take(100), run.Names);
        Assert.InRange(registry.PagesAsked.Count, 2, 3 + 3 + 20);
    }

    /// <summary>Each repetition of page 1 has new rows. Nothing but the large part of repeated rows distinguishes it from a list that changes.</summary>
    [Theory]
    [InlineData(1, 100)]
    [InlineData(10, 100)]
    [InlineData(40, 100)]
    [InlineData(1, 7)]
    public void Ignored_PageNo_with_pushes_before_each_request_is_IncompleteListing(int pushes, int pageSize)
    {
        foreach (var total in new[] { null, "0", "1", "99999" })
        {
            var registry = FakeRegistry.WithTags(250).WithTotal(total);
            registry.Shown = s_ignored;
            registry.Order = (_, _) => registry.Tags = [.. Enumerable.Range(registry.Tags.Count, pushes).Select(number => $"pushed{number}"), .. registry.Tags];

            var run = Run.Of(registry, RowRange.Range(0, null, pageSize));

            Assert.IsType<IncompleteListingException>(run.Failure);
            Assert.InRange(registry.PagesAsked.Count, 2, 100);
        }
    }

    /// <summary>With PageSize 1 the page is full. Otherwise it may be the complete list, unless TotalCount is not a number either.</summary>
    [Theory]
    [InlineData(null, 1)]
    [InlineData("-1", 1)]
    [InlineData("1e0", 1)]
    [InlineData(null, 100)]
    [InlineData("-1", 100)]
    [InlineData("1e0", 100)]
    public void Same_row_on_every_page_without_TotalCount_ends_within_a_few_requests(string? total, int pageSize)
    {
        var registry = FakeRegistry.WithTags(1).WithTotal(total);
        registry.Shown = s_ignored;

        var run = Run.Of(registry, RowRange.Range(0, null, pageSize));

        if (pageSize == 1 || total is not null) Assert.IsType<IncompleteListingException>(run.Failure);
        else Assert.Equal(["v0"], run.Names);
        Assert.InRange(registry.PagesAsked.Count, 1, 4);
    }

    /// <summary>A service that returns only the first pages of a longer list.</summary>
    [Fact]
    public void List_past_last_readable_page_is_IncompleteListing()
    {
        var registry = FakeRegistry.WithTags(750);
        registry.Shown = (pageNo, _) => Math.Min(pageNo, 3);

        var run = Run.Of(registry, Run.All);

        Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal(registry.Tags.Take(300), run.Names);
        Assert.InRange(registry.PagesAsked.Count, 3, (3 * 8) + 20);
    }

    [Theory]
    [InlineData(300, 50L)]
    [InlineData(280, 50L)]
    [InlineData(5000, 5L)]
    [InlineData(250, null)]
    [InlineData(0, 400L)]
    [InlineData(0, null)]
    [InlineData(1, null)]
    public void Range_has_no_row_of_repeated_page(int skip, long? first)
    {
        foreach (var (count, total) in new (int, int?)[] { (250, 250), (300, 300), (250, 200), (250, null) })
        {
            foreach (var shown in new[] { s_lastPage, s_firstPage })
            {
                var registry = FakeRegistry.WithTags(count).WithTotal(total);
                registry.Shown = shown;

                var run = Run.Of(registry, RowRange.Range(skip, first, null));

                if (count == total) Assert.Null(run.Failure);
                if (run.Failure is null) Assert.Equal(registry.Tags.Skip(skip).Take((int)(first ?? int.MaxValue)), run.Names);
                else Assert.IsType<IncompleteListingException>(run.Failure);
                Assert.Equal(run.Names.Distinct(), run.Names);
                Assert.InRange(registry.PagesAsked.Count, 1, 3 + 20 + 3);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("250")]
    public void Range_with_ignored_PageNo_is_IncompleteListing(string? total)
    {
        var registry = FakeRegistry.WithTags(250).WithTotal(total);
        registry.Shown = s_ignored;

        var run = Run.Of(registry, RowRange.Range(0, 150, null));

        Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal(registry.Tags.Take(100), run.Names);
        Assert.InRange(registry.PagesAsked.Count, 2, 4);
    }

    /// <summary>One page more is read beside the first page of the range, in the same round trip.</summary>
    [Theory]
    [InlineData(100, 10L)]
    [InlineData(100, null)]
    [InlineData(140, 100L)]
    [InlineData(500, 10L)]
    [InlineData(930, 70L)]
    public void Range_after_page_1_with_ignored_PageNo_is_IncompleteListing(int skip, long? first)
    {
        foreach (var total in new int?[] { 1000, 100_000, 0, null })
        {
            var registry = FakeRegistry.WithTags(1000).WithTotal(total).With((_, body) => body["PageNo"] = 1);
            registry.Shown = s_ignored;

            var run = Run.Of(registry, RowRange.Range(skip, first, null));

            Assert.IsType<IncompleteListingException>(run.Failure);
            Assert.Empty(run.Names);
            Assert.InRange(registry.PagesAsked.Count, 2, 4);
        }
    }

    [Theory]
    [InlineData(150, null, new[] { 1, 2 })]
    [InlineData(220, 10L, new[] { 1, 2, 3 })]
    public void Requests_page_1_and_previous_page_with_first_page_of_range(int skip, long? first, int[] pages)
    {
        var registry = FakeRegistry.WithTags(350);
        using var allCame = new CountdownEvent(pages.Length);
        registry.Hold = (_, token) =>
        {
            if (allCame.IsSet) return Task.CompletedTask;
            // Each is held until the others are received.
            allCame.Signal();
            return Task.Run(() => Assert.True(allCame.Wait(TimeSpan.FromSeconds(30), token)), token);
        };

        var run = Run.Of(registry, RowRange.Range(skip, first, null));

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Skip(skip).Take((int)(first ?? int.MaxValue)), run.Names);
        Assert.Equal(pages, registry.PagesAsked.Take(pages.Length).Order());
    }

    [Theory]
    [InlineData(250, 1200, 100L)]
    [InlineData(250, 340, 5L)]
    [InlineData(200, 999, 1L)]
    [InlineData(300, 250, 100L)]
    [InlineData(250, 150, 200L)]
    [InlineData(100, 100, 5L)]
    public void Range_past_end_has_no_row_of_repeated_page_with_too_high_TotalCount(int count, int skip, long? first)
    {
        foreach (var shown in new[] { s_lastPage, s_firstPage })
        {
            var registry = FakeRegistry.WithTags(count).WithTotal(100_000);
            registry.Shown = shown;

            var run = Run.Of(registry, RowRange.Range(skip, first, null));

            Assert.IsType<IncompleteListingException>(run.Failure);
            Assert.Equal(registry.Tags.Skip(skip), run.Names);
        }
    }

    [Theory]
    [InlineData(240, 5L)]
    [InlineData(200, 100L)]
    public void Page_after_full_last_page_has_no_repeated_row_with_too_high_TotalCount(int skip, long first)
    {
        var registry = FakeRegistry.WithTags(200).WithTotal(100_000);
        registry.Shown = s_lastPage;

        var run = Run.Of(registry, RowRange.Range(skip, first, null));

        Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Empty(run.Names);
    }

    /// <summary>The repeated page replaces the requested page, and has a new row because of a push.</summary>
    [Fact]
    public void Repeated_page_moved_by_push_is_IncompleteListing()
    {
        var registry = FakeRegistry.WithTags(300);
        registry.Shown = s_ignored;
        registry.Order = (pageNo, _) => pageNo == 1 ? registry.Tags : ["pushed", .. registry.Tags];

        Assert.IsType<IncompleteListingException>(Run.Of(registry, RowRange.Range(100, 10, null)).Failure);
    }

    [Fact]
    public void Push_between_page_1_and_range_is_not_a_repetition()
    {
        var registry = FakeRegistry.WithTags(300);
        registry.Order = (pageNo, _) => pageNo == 1 ? registry.Tags : ["pushed", .. registry.Tags];

        var run = Run.Of(registry, RowRange.Range(100, 10, null));

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Skip(99).Take(10), run.Names);
    }

    [Theory]
    [InlineData(31L, null)]
    [InlineData(5L, 50)]
    [InlineData(250L, null)]
    public void Repeated_row_in_range_is_IncompleteListing(long first, int? pageSize)
    {
        var registry = FakeRegistry.WithTags(250).With((request, body) => body["Images"]![2] = body["Images"]![0]!.DeepClone());

        var run = Run.Of(registry, RowRange.Range(0, first, pageSize));

        Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Empty(run.Names);
    }

    /// <summary>A range is not checked for changes. Only rows of the first half of an earlier page show that the service repeats pages.</summary>
    [Theory]
    [InlineData(50, false)]
    [InlineData(51, true)]
    public void Pushes_between_pages_of_range_are_not_a_repetition_below_half_a_page(int pushed, bool isError)
    {
        var registry = FakeRegistry.WithTags(300);
        registry.Order = (pageNo, _) => pageNo == 1 ? registry.Tags : [.. Enumerable.Range(0, pushed).Select(number => $"pushed{number}"), .. registry.Tags];

        var failure = Run.Of(registry, RowRange.Range(0, 250, null)).Failure;

        if (isError) Assert.IsType<IncompleteListingException>(failure);
        else Assert.Null(failure);
    }

    [Fact]
    public void Range_ends_after_partial_page()
    {
        var registry = FakeRegistry.WithTags(500).With((request, body) =>
        {
            if (request["PageNo"] == "2") body["Images"]!.AsArray().RemoveAt(7);
        });

        var run = Run.Of(registry, RowRange.Range(50, 300, null));

        Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal(registry.Tags.Skip(50).Take(150).Where(tag => tag != "v107"), run.Names);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(99)]
    [InlineData(1)]
    public void Partial_page_is_last_without_TotalCount(int count)
    {
        foreach (var service in new[] { "empty", "last page", "first page", "rejected" })
        {
            var registry = FakeRegistry.WithTags(count).WithTotal(null);
            registry.Shown = service switch { "last page" => s_lastPage, "first page" => s_firstPage, _ => null };
            if (service == "rejected") RejectFrom(registry, 2, 404, "PAGE_NOT_EXIST");

            var run = Run.Of(registry, RowRange.Range(100, null, null));

            Assert.Null(run.Failure);
            Assert.Empty(run.Names);
        }
    }

    /// <summary>The reply of the real service past the end is not documented. The number of received rows equals TotalCount, and there is no further page.</summary>
    [Theory]
    [InlineData(400, "InvalidParameter")]
    [InlineData(404, "PAGE_NOT_EXIST")]
    [InlineData(200, "PARAMETER_ERROR")]
    [InlineData(404, "NotFound")]
    [InlineData(400, "OUT_OF_RANGE")]
    [InlineData(416, "RangeNotSatisfiable")]
    [InlineData(403, "Forbidden")]
    [InlineData(500, "SystemError")]
    public void Rejected_page_past_full_last_page_ends_list_with_all_rows(int status, string code)
    {
        foreach (var count in new[] { 300, 100 })
        {
            var registry = FakeRegistry.WithTags(count);
            RejectFrom(registry, 1 + (count / 100), status, code);

            var all = Run.Of(registry, Run.All);
            var range = Run.Of(registry, RowRange.Range(50, null, null));

            Assert.Null(all.Failure ?? range.Failure);
            Assert.Equal(registry.Tags, all.Names);
            Assert.Equal(registry.Tags.Skip(50), range.Names);
        }
    }

    [Fact]
    public void Requests_page_past_full_page_with_accepted_page_size()
    {
        foreach (var count in new[] { 100, 300 })
        {
            var registry = FakeRegistry.WithTags(count);
            registry.Change = (request, _) => request.Action == "ListRepoTag" && Number(request, "PageSize") % 10 != 0 ? FakeRegistry.Reject(HttpStatusCode.BadRequest, "INVALID_PAGE_SIZE") : null;

            var run = Run.Of(registry, Run.All);

            Assert.Null(run.Failure);
            Assert.Equal(registry.Tags, run.Names);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("450")]
    [InlineData("100000")]
    public void Rejected_page_before_possible_rows_is_IncompleteListing_with_cause(string? total)
    {
        var registry = FakeRegistry.WithTags(300).WithTotal(total);
        RejectFrom(registry, 4, 400, "InvalidParameter");

        var failure = Assert.IsType<IncompleteListingException>(Run.Of(registry, Run.All).Failure);

        Assert.Equal("InvalidParameter", Assert.IsType<CrApiException>(failure.InnerException).Code);
    }

    [Theory]
    [InlineData(500, "SystemError")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(403, "NoPermission")]
    public void Failed_probe_is_IncompleteListing_with_cause(int status, string code)
    {
        var registry = FakeRegistry.WithTags(300);
        registry.Change = (_, _) => registry.PagesAsked.Contains(4) ? FakeRegistry.Reject((HttpStatusCode)status, code) : null;

        var failure = Assert.IsType<IncompleteListingException>(Run.Of(registry, Run.All).Failure);

        Assert.Equal(code, Assert.IsType<CrApiException>(failure.InnerException).Code);
    }

    /// <summary>The existence of page 2 is then unknown.</summary>
    [Theory]
    [InlineData(400, "Throttling.User")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(403, "NoPermission")]
    [InlineData(404, "REPO_NOT_EXIST")]
    [InlineData(401, "InvalidAccessKeyId.NotFound")]
    public void Page_2_rejected_for_another_reason_does_not_prove_end(int status, string code)
    {
        foreach (var total in new string?[] { null, "0", "10" })
        {
            var registry = FakeRegistry.WithTags(250).WithTotal(total);
            registry.LargestPageSize = 50;
            registry.With((_, body) => body["PageSize"] = null);
            var change = registry.Change!;
            registry.Change = (request, body) => request.Action == "ListRepoTag" && Number(request, "PageNo") > 1 ? FakeRegistry.Reject((HttpStatusCode)status, code) : change(request, body);

            Assert.NotNull(Run.Of(registry, Run.All).Failure);
            Assert.NotNull(Run.Of(registry, RowRange.Range(0, 200, null)).Failure);
        }
    }

    private static void RejectFrom(FakeRegistry registry, int pageNo, int status, string code)
    {
        var change = registry.Change;
        registry.Change = (request, body) =>
            request.Action == "ListRepoTag" && (Number(request, "PageNo") - 1) * Number(request, "PageSize") >= (pageNo - 1) * 100
                ? FakeRegistry.Reject((HttpStatusCode)status, code)
                : change?.Invoke(request, body);
    }

    private static int Number(SeenRequest request, string parameter) => int.Parse(request[parameter], CultureInfo.InvariantCulture);

    private static int PagesOf(int count) => Math.Max(1, (count + 99) / 100);
}
