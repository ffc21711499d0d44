using System.Globalization;
using System.Net;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>Lists that change, or that the service miscounts, while they are read. Random changes are tested in <see cref="WholeListingPropertyTests"/>.</summary>
public sealed class CompleteListingTests
{
    [Fact]
    public void Finds_all_tags_after_push_to_front()
    {
        var registry = FakeRegistry.WithTags(250);
        string[] throughout = [.. registry.Tags];
        After(registry, page: 1, () => registry.Tags.Insert(0, "new"));

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal([.. throughout, "new"], run.Names);
        Assert.All(run.Tags, tag => Assert.Equal(ListingState.Whole, tag.Origin!.State));
    }

    [Fact]
    public void Finds_all_tags_after_deletion_from_page_1()
    {
        var registry = FakeRegistry.WithTags(250);
        string[] throughout = [.. registry.Tags.Where(tag => tag != "v7")];
        After(registry, page: 1, () => registry.Tags.Remove("v7"));

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(throughout.Order(), run.Names.Where(tag => tag != "v7").Order());
        Assert.Equal("v100", run.Names[^1]);
    }

    [Fact]
    public void Notices_push_and_deletion_with_same_TotalCount()
    {
        var registry = FakeRegistry.WithTags(250);
        string[] throughout = [.. registry.Tags.Where(tag => tag != "v7")];
        After(registry, page: 1, () =>
        {
            registry.Tags.Remove("v7");
            registry.Tags.Add("new");
        });

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Subset(run.Names.ToHashSet(), throughout.ToHashSet());
        Assert.Equal(run.Names.Distinct(), run.Names);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Returns_repeated_tag_once_and_finds_the_other(bool always)
    {
        var registry = FakeRegistry.WithTags(250);
        var repeats = 0;
        registry.Change = (request, body) =>
        {
            if (request["PageNo"] == "2" && (repeats++ == 0 || always)) body["Images"]![5] = body["Images"]![4]!.DeepClone();
            return null;
        };

        var run = Run.Of(registry, Run.All);

        // Also if page 2 always repeats its fifth row, because the pages of the second reading have other borders.
        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Order(), run.Names.Order());
    }

    [Fact]
    public void Repeated_tag_shows_too_low_TotalCount()
    {
        var registry = FakeRegistry.WithTags(250);
        var repeats = 0;
        registry.Change = (request, body) =>
        {
            body["TotalCount"] = 249;
            if (request["PageNo"] == "2" && repeats++ == 0) body["Images"]![5] = body["Images"]![4]!.DeepClone();
            return null;
        };

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Order(), run.Names.Order());
    }

    [Fact]
    public void TotalCount_7_too_high_is_IncompleteListing()
    {
        var registry = FakeRegistry.WithTags(250);
        registry.Change = (_, body) =>
        {
            body["TotalCount"] = 257;
            return null;
        };

        var failure = Assert.IsType<IncompleteListingException>(Run.Of(registry, Run.All).Failure);

        // The pages of the last reading have 79 rows.
        Assert.Equal((4, 250L, 257L), (failure.PageNo, failure.RowsReceived, failure.TotalCount));
        Assert.Contains("250 of 257 tags", failure.Message, StringComparison.Ordinal);
        Assert.Contains("read 4 times", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_page_again_that_lacked_rows_once()
    {
        var registry = FakeRegistry.WithTags(250);
        var replies = 0;
        registry.Change = (request, body) =>
        {
            if (request["PageNo"] == "2" && replies++ == 0) for (var n = 0; n < 7; n++) body["Images"]!.AsArray().RemoveAt(0);
            return null;
        };

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Order(), run.Names.Order());
        Assert.Single(run.Rereads);
    }

    [Fact]
    public void Empty_Images_with_positive_TotalCount_is_InvalidResult()
    {
        var registry = FakeRegistry.WithTags(250);
        registry.Change = (_, body) =>
        {
            body.Remove("Images");
            return null;
        };

        var failure = Assert.IsType<CrApiException>(Run.Of(registry, Run.All).Failure);

        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
        Assert.Contains("TotalCount is 250", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_last_page_alone_before_the_rest()
    {
        var registry = FakeRegistry.WithTags(450);

        Run.Of(registry, Run.All);

        Assert.Equal([1, 5], registry.PagesAsked.Take(2));
        Assert.Equal([2, 3, 4], registry.PagesAsked.Skip(2).Take(3).Order());
        Assert.Equal([1, 5], registry.PagesAsked.Skip(5).Order());
    }

    [Fact]
    public void Reads_rows_without_time_order_twice()
    {
        var registry = FakeRegistry.WithTags(250);
        registry.SecondsOf = tag => int.Parse(tag[1..], CultureInfo.InvariantCulture) % 7;

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        Assert.Equal([1, 1, 2, 2, 3, 3], registry.PagesAsked.Order());
        Assert.Contains("order", Assert.Single(run.Rereads).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Fails_after_three_more_readings_with_deletions()
    {
        var registry = FakeRegistry.WithTags(950);
        var requests = 0;
        // Deletes one of the first page's tags between any two requests.
        registry.Hold = (_, _) =>
        {
            lock (registry)
            {
                if (requests++ > 0) registry.Tags = [.. registry.Tags.Skip(1), $"x{requests}"];
            }

            return Task.CompletedTask;
        };
        registry.SecondsOf = tag => tag[0] == 'x' ? 100_000_000 : 0;

        var run = Run.Of(registry, Run.Query(Run.All), throttleLimit: 1);

        var failure = Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Contains("kept changing", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, run.Rereads.Count);
        Assert.All(run.Tags, tag => Assert.Equal(ListingState.Failed, tag.Origin!.State));
    }

    [Fact]
    public void Failed_page_of_second_reading_is_IncompleteListing()
    {
        var registry = FakeRegistry.WithTags(250);
        registry.SecondsOf = tag => int.Parse(tag[1..], CultureInfo.InvariantCulture) % 7;
        registry.Change = (_, _) => registry.Requests.Count > 3 ? FakeRegistry.Reject(HttpStatusCode.NotFound, "REPO_NOT_EXIST") : null;

        var failure = Assert.IsType<IncompleteListingException>(Run.Of(registry, Run.All).Failure);

        Assert.Equal(250, failure.RowsReceived);
        Assert.Equal("REPO_NOT_EXIST", Assert.IsType<CrApiException>(failure.InnerException).Code);
    }

    /// <summary>The pushed tags are not newer than the listing, neither by the Date header nor by the clock of this computer.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(5)]
    [InlineData(-60)]
    [InlineData(null)]
    public void Accepts_push_in_each_reading_with_any_Date_header(int? minutesAhead)
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(1572875608000).AddDays(1);
        var pushed = 0;
        var registry = FakeRegistry.WithTags(250);
        registry.SecondsOf = tag => tag[0] == 'x' ? (24 * 3600) + Number(tag) : -Number(tag);
        if (minutesAhead is { } minutes) registry.Date = () => start.AddMinutes(minutes);
        registry.Change = (request, _) =>
        {
            if (request["PageNo"] == "1") registry.Tags = [$"x{++pushed}", .. registry.Tags];
            return null;
        };

        var run = Run.Of(registry, Run.Query(Run.All), throttleLimit: 1);

        Assert.Null(run.Failure);
        Assert.Subset(run.Names.ToHashSet(), Enumerable.Range(0, 250).Select(number => $"v{number}").ToHashSet());
    }

    /// <summary>A pushed tag that is old by the clock must not replace a lost one.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(-60)]
    [InlineData(null)]
    public void Finds_all_tags_after_push_and_deletion_with_any_Date_header(int? minutesAhead)
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(1572875608000).AddDays(1);
        var registry = FakeRegistry.WithTags(450);
        registry.SecondsOf = tag => tag[0] == 'x' ? (24 * 3600) + Number(tag) : -Number(tag);
        if (minutesAhead is { } minutes) registry.Date = () => start.AddMinutes(minutes);
        foreach (var (deletedAfter, deleted, pushedAfter) in new[] { (1, "v7", 1), (2, "v150", 1), (2, "v150", 4), (1, "v99", 5) })
        {
            registry.Tags = [.. Enumerable.Range(0, 450).Select(number => $"v{number}")];
            var throughout = registry.Tags.Where(tag => tag != deleted).ToArray();
            After(registry, deletedAfter, () => registry.Tags.Remove(deleted));
            var delete = registry.Change!;
            After(registry, pushedAfter, () => registry.Tags.Insert(0, "x1"));
            var push = registry.Change!;
            registry.Change = (request, body) => delete(request, body) ?? push(request, body);

            var run = Run.Of(registry, Run.Query(Run.All), throttleLimit: 1);

            if (run.Failure is null) Assert.Subset(run.Names.ToHashSet(), throughout.ToHashSet());
            else Assert.IsType<IncompleteListingException>(run.Failure);
        }
    }

    private static int Number(string tag) => int.Parse(tag[1..], CultureInfo.InvariantCulture);

    private static void After(FakeRegistry registry, int page, Action change)
    {
        var done = false;
        registry.Change = (request, _) =>
        {
            // The body is complete, so that a change affects only the next request.
            if (!done && request["PageNo"] == page.ToString(CultureInfo.InvariantCulture))
            {
                done = true;
                change();
            }

            return null;
        };
    }
}
