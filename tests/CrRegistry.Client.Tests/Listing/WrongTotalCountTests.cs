using System.Globalization;
using System.Text.Json.Nodes;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>TotalCount may be wrong. Only a page that is not full proves the end of a list.</summary>
public sealed class WrongTotalCountTests
{
    /// <summary>Pages read ahead at the usual limit of ten requests in flight.</summary>
    private const int Window = 20;

    [Theory]
    [InlineData(250, 200)]
    [InlineData(250, 249)]
    [InlineData(250, 240)]
    [InlineData(250, 150)]
    [InlineData(250, 100)]
    [InlineData(250, 99)]
    [InlineData(250, 1)]
    [InlineData(350, 230)]
    [InlineData(101, 100)]
    [InlineData(100, 99)]
    [InlineData(100, 1)]
    [InlineData(199, 100)]
    [InlineData(200, 100)]
    [InlineData(200, 199)]
    [InlineData(300, 299)]
    [InlineData(700, 300)]
    [InlineData(3150, 100)]
    [InlineData(1500, 1000)]
    [InlineData(1000, 1000)]
    [InlineData(1001, 1000)]
    [InlineData(730, 500)]
    public void List_is_complete_with_too_low_TotalCount(int count, int total)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(total);

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        Assert.All(run.Tags, tag => Assert.Equal(ListingState.Whole, tag.Origin!.State));
        Assert.InRange(registry.PagesAsked.Count, 1, (2 * (PagesOf(count) + 1)) + (2 * Window) + 2);
    }

    [Theory]
    [InlineData(250)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(30)]
    [InlineData(2350)]
    public void TotalCount_of_0_with_rows_is_complete_list_or_error(int count)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(0);

        var run = Run.Of(registry, Run.All);

        if (run.Failure is null) Assert.Equal(registry.Tags, run.Names);
        else Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.InRange(registry.PagesAsked.Count, 1, (2 * (PagesOf(count) + 1)) + (2 * Window) + 2);
    }

    [Fact]
    public void Empty_list_costs_one_request()
    {
        var registry = FakeRegistry.WithTags(0);

        Assert.Empty(Run.Of(registry, Run.All).Names);
        Assert.Equal([1], registry.PagesAsked);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(99)]
    public void Partial_only_page_costs_one_request(int count)
    {
        var registry = FakeRegistry.WithTags(count);

        Assert.Equal(registry.Tags, Run.Of(registry, Run.All).Names);
        Assert.Equal([1], registry.PagesAsked);
    }

    [Theory]
    [InlineData(1, 100, 2)]
    [InlineData(2, 200, 5)]
    [InlineData(3, 300, 6)]
    [InlineData(25, 2500, 28)]
    [InlineData(25, 2499, 27)]
    [InlineData(2, 101, 4)]
    public void Correct_list_costs_its_pages_both_ends_and_a_probe(int pages, int count, int requests)
    {
        var registry = FakeRegistry.WithTags(count);

        Assert.Equal(registry.Tags, Run.Of(registry, Run.All).Names);
        Assert.Equal(requests, registry.PagesAsked.Count);
        Assert.Equal(count % 100 == 0 ? pages + 1 : pages, registry.PagesAsked.Max());
    }

    [Fact]
    public void Requests_page_past_full_last_page_with_it()
    {
        var registry = FakeRegistry.WithTags(300);
        using var bothCame = new CountdownEvent(2);
        registry.Hold = (request, token) =>
        {
            if (bothCame.IsSet || request["PageNo"] == "1") return Task.CompletedTask;
            // Each is held until the other one is received.
            bothCame.Signal();
            return Task.Run(() => Assert.True(bothCame.Wait(TimeSpan.FromSeconds(30), token)), token);
        };

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        Assert.Equal([3, 4], registry.PagesAsked.Skip(1).Take(2).Order());
        Assert.Equal([1, 1, 2, 3, 3, 4], registry.PagesAsked.Order());
    }

    [Theory]
    [InlineData("100000")]
    [InlineData("9007199254740991")]
    [InlineData("2147483647")]
    [InlineData("9223372036854775807")]
    [InlineData("25000")]
    public void Far_too_high_TotalCount_is_IncompleteListing_after_existing_pages(string total)
    {
        foreach (var count in new[] { 250, 100, 99, 1, 300, 1000 })
        {
            var registry = FakeRegistry.WithTags(count).WithTotal(total);

            var run = Run.Of(registry, Run.All);

            var failure = Assert.IsType<IncompleteListingException>(run.Failure);
            Assert.Equal(count, failure.RowsReceived);
            Assert.Equal(registry.Tags, run.Names);
            Assert.All(run.Tags, tag => Assert.Equal(ListingState.Failed, tag.Origin!.State));
            Assert.InRange(registry.PagesAsked.Count, 1, (3 * PagesOf(count)) + Window);
        }
    }

    /// <summary>The other replies have the correct number, or the page by TotalCount has other rows.</summary>
    [Theory]
    [InlineData("page 1")]
    [InlineData("reply 1")]
    [InlineData("reply 2")]
    [InlineData("reply 3")]
    [InlineData("reply 4")]
    [InlineData("reply 7")]
    [InlineData("page 1, without order")]
    [InlineData("each reply, page 1000 is full")]
    public void One_far_too_high_TotalCount_costs_three_readings_and_one_window(string script)
    {
        foreach (var throttleLimit in new[] { 10, 64 })
        {
            foreach (var count in new[] { 250, 300, 1000 })
            {
                var replies = 0;
                var registry = FakeRegistry.WithTags(count).With((request, body) =>
                {
                    var isTooHigh = script.StartsWith("page 1", StringComparison.Ordinal) ? request["PageNo"] == "1" : script[0] == 'e' || Interlocked.Increment(ref replies) == script[^1] - '0';
                    if (isTooHigh) body["TotalCount"] = 100_000;
                });
                if (script[0] == 'e') registry.Order = (pageNo, _) => pageNo == 1000 ? [.. Enumerable.Range(0, 100_000).Select(number => $"x{number}")] : registry.Tags;
                if (script.EndsWith("order", StringComparison.Ordinal)) registry.SecondsOf = tag => int.Parse(tag.AsSpan(1), CultureInfo.InvariantCulture) * 7919 % 1000;

                var run = Run.Of(registry, Run.Query(Run.All), throttleLimit);

                if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
                else Assert.IsType<IncompleteListingException>(run.Failure);
                Assert.True(registry.PagesAsked.Count <= (3 * PagesOf(count)) + (2 * throttleLimit), $"{registry.PagesAsked.Count} requests, {count} tags, {throttleLimit} at a time");
            }
        }
    }

    [Fact]
    public void First_page_without_rows_is_InvalidResult_for_positive_TotalCount()
    {
        var registry = FakeRegistry.WithTags(250).With((_, body) => (body["TotalCount"], body["Images"]) = (100_000, new JsonArray()));

        Assert.Equal(CrErrorCode.InvalidResult, Assert.IsType<CrApiException>(Run.Of(registry, Run.All).Failure).Code);
        Assert.Single(registry.PagesAsked);
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("250.0")]
    [InlineData("1e2")]
    [InlineData("-1")]
    [InlineData("-250")]
    [InlineData("many")]
    [InlineData(null)]
    public void Invalid_TotalCount_is_treated_as_missing(string? total)
    {
        foreach (var count in new[] { 250, 300, 100, 99, 101, 7 })
        {
            var registry = FakeRegistry.WithTags(count).WithTotal(total);

            var run = Run.Of(registry, Run.All);

            Assert.Null(run.Failure);
            Assert.Equal(registry.Tags, run.Names);
            // The pages of the second reading are smaller.
            Assert.InRange(registry.PagesAsked.Count, 1, (2 * PagesOf(count)) + 3);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void List_is_complete_with_changing_TotalCount(int kind)
    {
        foreach (var count in new[] { 250, 300, 650 })
        {
            var replies = 0;
            var registry = FakeRegistry.WithTags(count).With((request, body) => body["TotalCount"] = kind switch
            {
                0 => int.Parse(request["PageNo"], CultureInfo.InvariantCulture) * 100,
                1 => Interlocked.Increment(ref replies) == 1 ? null : count,
                _ => Interlocked.Increment(ref replies) == 1 ? count : null,
            });

            var run = Run.Of(registry, Run.All);

            if (run.Failure is null) Assert.Equal(registry.Tags.Order(), run.Names.Order());
            else Assert.IsType<IncompleteListingException>(run.Failure);
            Assert.Equal(run.Names.Distinct(), run.Names);
            Assert.InRange(registry.PagesAsked.Count, 1, (6 * PagesOf(count)) + (4 * Window) + 12);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Changing_TotalCount_with_same_rows_is_not_a_change(int kind)
    {
        var replies = 0;
        var registry = FakeRegistry.WithTags(250).With((_, body) => body["TotalCount"] = kind switch
        {
            0 => body["Images"]!.AsArray().Count,
            1 => 250 - (Interlocked.Increment(ref replies) % 6),
            _ => Interlocked.Increment(ref replies) % 2 == 0 ? 250 : null,
        });
        registry.SecondsOf = _ => 0;

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(250)]
    [InlineData(300)]
    public void Page_past_end_may_lack_list_without_TotalCount(int count)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(null).With((_, body) =>
        {
            if (body["Images"]!.AsArray().Count == 0) body.Remove("Images");
        });

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        Assert.Equal(registry.Tags.Take(100), Run.Of(registry, RowRange.Range(0, 100, null)).Names);
    }

    [Theory]
    [InlineData(0, 250L, 250, 200)]
    [InlineData(0, 250L, 250, 249)]
    [InlineData(0, 230L, 250, 200)]
    [InlineData(60, null, 250, 200)]
    [InlineData(60, 100L, 250, 100)]
    [InlineData(60, 1000L, 250, 200)]
    [InlineData(200, null, 250, 200)]
    [InlineData(240, 5L, 250, 200)]
    [InlineData(250, 5L, 250, 200)]
    [InlineData(0, 200L, 300, 100)]
    [InlineData(0, null, 350, 230)]
    [InlineData(1, null, 350, 230)]
    [InlineData(1200, 100L, 1500, 1000)]
    [InlineData(1450, 100L, 1500, 1000)]
    [InlineData(1000, 1L, 1500, 1000)]
    [InlineData(950, 100L, 1500, 1000)]
    [InlineData(1500, 100L, 1500, 1000)]
    [InlineData(1900, null, 1500, 1000)]
    public void Range_is_complete_with_too_low_TotalCount(int skip, long? first, int count, int total)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(total);

        var run = Run.Of(registry, RowRange.Range(skip, first, null));

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Skip(skip).Take((int)(first ?? int.MaxValue)), run.Names);
        Assert.InRange(registry.PagesAsked.Count, 1, PagesOf(count) + Window + 2);
    }

    [Theory]
    [InlineData(0, 300L, 250, "100000", false)]
    [InlineData(0, null, 250, "100000", false)]
    [InlineData(100, null, 300, "9007199254740991", false)]
    [InlineData(0, 250L, 250, "100000", true)]
    [InlineData(50, 100L, 250, "9007199254740991", true)]
    public void Range_that_ends_before_TotalCount_is_IncompleteListing(int skip, long? first, int count, string total, bool isComplete)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(total);

        var run = Run.Of(registry, RowRange.Range(skip, first, null));

        Assert.Equal(registry.Tags.Skip(skip).Take((int)(first ?? int.MaxValue)), run.Names);
        if (isComplete) Assert.Null(run.Failure);
        else Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.InRange(registry.PagesAsked.Count, 1, (3 * PagesOf(count)) + Window);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(100)]
    [InlineData(1)]
    [InlineData(null)]
    public void Finds_matches_past_TotalCount(int? total)
    {
        var registry = FakeRegistry.WithTags(250).WithTotal(total);
        string[] names = [.. Enumerable.Range(224, 26).Select(number => $"v{number}")];

        var byRule = Run.Of(registry, Run.Query(Run.All, match: tag => tag.StartsWith("v2", StringComparison.Ordinal)));
        var byName = Run.Of(registry, Run.Query(Run.All, exact: [.. names, "gone"]));
        var firstOfRule = Run.Of(registry, Run.Query(RowRange.Range(40, 20, null), match: tag => tag.StartsWith("v2", StringComparison.Ordinal)));

        Assert.Null(byRule.Failure ?? byName.Failure ?? firstOfRule.Failure);
        Assert.Equal(registry.Tags.Where(tag => tag.StartsWith("v2", StringComparison.Ordinal)), byRule.Names);
        Assert.Equal(names, byName.Names);
        Assert.Equal(["gone"], byName.Missing);
        Assert.Equal(byRule.Names.Skip(40).Take(20), firstOfRule.Names);
    }

    private static int PagesOf(int count) => Math.Max(1, (count + 99) / 100);
}
