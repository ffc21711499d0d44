using System.Net;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

public sealed class ListingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(200)]
    [InlineData(2501)]
    public void Returns_each_tag_once_in_order_of_service(int count)
    {
        var registry = FakeRegistry.WithTags(count);

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        // Each page, and both ends once more. Only a page that is not full proves the end.
        var last = Math.Max(1, (count + 99) / 100);
        int[] ends = last == 1 ? [] : [1, last];
        int[] probe = count > 0 && count % 100 == 0 ? [last + 1] : [];
        Assert.Equal(Enumerable.Range(1, last).Concat(ends).Concat(probe).Order(), registry.PagesAsked.Order());
    }

    [Theory]
    [InlineData(0, 3L, 1)]
    [InlineData(0, 100L, 1)]
    [InlineData(0, 101L, 2)]
    [InlineData(0, 250L, 3)]
    [InlineData(150, 5L, 2)]
    [InlineData(200, 100L, 3)]
    [InlineData(2400, null, 4)]
    [InlineData(5000, 5L, 3)]
    public void Range_costs_its_pages_page_1_and_previous_page(int skip, long? first, int requests)
    {
        var registry = FakeRegistry.WithTags(2501);

        var run = Run.Of(registry, RowRange.Range(skip, first, null));

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Skip(skip).Take((int)(first ?? int.MaxValue)), run.Names);
        Assert.Equal(requests, registry.PagesAsked.Count);
    }

    [Fact]
    public void Count_without_rows_costs_one_request()
    {
        var registry = FakeRegistry.WithTags(250);

        var run = Run.Of(registry, RowRange.Range(0, 0, null));

        Assert.Empty(run.Tags);
        Assert.Equal(250, run.Pages.Single().TotalCount);
        Assert.Equal("1", registry.Requests.Single()["PageSize"]);
    }

    [Fact]
    public void Page_past_end_has_no_rows()
    {
        var run = Run.Of(FakeRegistry.WithTags(31), RowRange.Page(99, 30));

        Assert.Null(run.Failure);
        Assert.Empty(run.Tags);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(150, 45L)]
    public void Uses_PageSize_of_reply(int skip, long? first)
    {
        var registry = FakeRegistry.WithTags(250);
        registry.LargestPageSize = 30;

        var run = Run.Of(registry, RowRange.Range(skip, first, null));

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags.Skip(skip).Take((int)(first ?? int.MaxValue)), run.Names);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("many")]
    [InlineData("")]
    public void Partial_page_ends_list_without_readable_TotalCount(string? total)
    {
        var registry = FakeRegistry.WithTags(250);
        registry.Change = (_, body) =>
        {
            body["TotalCount"] = total;
            return null;
        };

        var run = Run.Of(registry, Run.All);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        // Twice, because without a count a missing row is not noticed. The page after the last one shows that no rows follow.
        Assert.Equal([1, 2, 3, 1, 2, 3, 4], registry.PagesAsked);
    }

    [Fact]
    public void Fewer_rows_than_TotalCount_is_IncompleteListing()
    {
        var registry = FakeRegistry.WithTags(250);
        registry.Change = (request, body) =>
        {
            var rows = body["Images"]!.AsArray();
            foreach (var row in rows.Where(row => row!["Tag"]!.ToString() is "v110" or "v111" or "v112" or "v113" or "v114" or "v115" or "v116").ToArray()) rows.Remove(row);
            return null;
        };

        var run = Run.Of(registry, Run.All);

        var failure = Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal((CrErrorCode.IncompleteListing, 4, 243L, 250L), (failure.Code, failure.PageNo, failure.RowsReceived, failure.TotalCount));
        Assert.All(run.Tags, tag => Assert.Equal(ListingState.Failed, tag.Origin!.State));
    }

    [Fact]
    public void Failed_page_after_rows_is_IncompleteListing_with_cause()
    {
        var registry = FakeRegistry.WithTags(250);
        registry.Change = (request, _) => request["PageNo"] == "2" ? FakeRegistry.Reject(HttpStatusCode.InternalServerError, "SystemError", "Unknown error.") : null;

        var run = Run.Of(registry, Run.All);

        var failure = Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal((2, 100L, 250L), (failure.PageNo, failure.RowsReceived, failure.TotalCount));
        Assert.Equal("SystemError", Assert.IsType<CrApiException>(failure.InnerException).Code);
        Assert.Contains("Unknown error", failure.Message, StringComparison.Ordinal);
        Assert.Equal("REQ-1", failure.RequestId);
        Assert.All(run.Tags, tag => Assert.Equal(ListingState.Failed, tag.Origin!.State));
    }

    [Fact]
    public void Failed_first_page_is_the_failure()
    {
        var registry = FakeRegistry.WithTags(250);
        registry.Change = (_, _) => FakeRegistry.Reject(HttpStatusCode.NotFound, "REPO_NOT_EXIST");

        var failure = Assert.IsType<CrApiException>(Run.Of(registry, Run.All).Failure);

        Assert.Equal(("REPO_NOT_EXIST", 404, "ListRepoTag", "REQ-1"), (failure.Code, failure.HttpStatus, failure.Action, failure.RequestId));
    }

    [Fact]
    public void Tags_show_if_listing_was_complete()
    {
        Assert.All(Run.Of(FakeRegistry.WithTags(101), Run.All).Tags, tag => Assert.Equal(ListingState.Whole, tag.Origin!.State));
        Assert.All(Run.Of(FakeRegistry.WithTags(101), RowRange.Page(1, 30)).Tags, tag => Assert.Equal(ListingState.Part, tag.Origin!.State));
        Assert.All(Run.Of(FakeRegistry.WithTags(101), RowRange.Range(0, 5, null)).Tags, tag => Assert.Equal(ListingState.Part, tag.Origin!.State));
        Assert.All(Run.Of(FakeRegistry.WithTags(101), RowRange.Range(5, null, null)).Tags, tag => Assert.Equal(ListingState.Part, tag.Origin!.State));
        Assert.All(Run.Of(FakeRegistry.WithTags(101), Run.Query(Run.All, exact: ["v1"])).Tags, tag => Assert.Equal(ListingState.Part, tag.Origin!.State));
        // The whole list is read for a wildcard, but tags of the same digest may be missing from the output.
        Assert.All(Run.Of(FakeRegistry.WithTags(101), Run.Query(Run.All, match: tag => tag != "v1")).Tags, tag => Assert.Equal(ListingState.Part, tag.Origin!.State));
        // For this many names one listing is cheaper. The result is still a part of the list.
        var names = Enumerable.Range(0, 21).Select(number => $"v{number}").ToArray();
        Assert.All(Run.Of(FakeRegistry.WithTags(101), Run.Query(Run.All, exact: names)).Tags, tag => Assert.Equal(ListingState.Part, tag.Origin!.State));
    }

    [Fact]
    public void Looks_up_one_name_with_GetRepoTag()
    {
        var registry = FakeRegistry.WithTags(250);

        var run = Run.Of(registry, Run.Query(Run.All, exact: ["v7"]));

        Assert.Equal(["v7"], run.Names);
        Assert.Equal("GetRepoTag", registry.Requests.Single().Action);
    }

    [Fact]
    public void Looks_up_20_names_in_order_and_reports_missing_ones()
    {
        var registry = FakeRegistry.WithTags(250);
        string[] names = [.. Enumerable.Range(0, 19).Select(number => $"v{19 - number}"), "V1"];

        var run = Run.Of(registry, Run.Query(Run.All, exact: names));

        Assert.Equal(names[..19], run.Names);
        Assert.Equal(["V1"], run.Missing);
        Assert.All(registry.Requests, request => Assert.Equal("GetRepoTag", request.Action));
    }

    [Fact]
    public void Lists_once_for_21_names()
    {
        var registry = FakeRegistry.WithTags(250);
        string[] names = [.. Enumerable.Range(0, 20).Select(number => $"v{number * 10}"), "gone"];

        var run = Run.Of(registry, Run.Query(Run.All, exact: names));

        Assert.Equal(names[..20], run.Names);
        Assert.Equal(["gone"], run.Missing);
        Assert.All(registry.Requests, request => Assert.Equal("ListRepoTag", request.Action));
    }

    [Fact]
    public void Wildcard_reads_every_page_and_first_counts_matches()
    {
        var registry = FakeRegistry.WithTags(250);

        var all = Run.Of(registry, Run.Query(Run.All, match: tag => tag.EndsWith('9')));
        var few = FakeRegistry.WithTags(250);
        var some = Run.Of(few, Run.Query(RowRange.Range(1, 2, null), match: tag => tag.EndsWith('9')));

        Assert.Equal(registry.Tags.Where(tag => tag.EndsWith('9')), all.Names);
        Assert.Equal([1, 2, 3], registry.PagesAsked.Distinct().Order());
        Assert.Equal(["v19", "v29"], some.Names);
        Assert.Single(few.PagesAsked);
    }

    [Fact]
    public void Looks_up_name_of_repository_once()
    {
        var registry = FakeRegistry.WithTags(3);
        var connection = Run.Connect(registry);

        Run.Of(connection, Run.Query(Run.All, "team/app"));
        var run = Run.Of(connection, Run.Query(Run.All, "team/app"));

        Assert.Equal(["GetRepository", "ListRepoTag", "ListRepoTag"], registry.Requests.Select(request => request.Action));
        Assert.All(run.Tags, tag => Assert.Equal(("team", "app", FakeRegistry.RepoId), (tag.RepoNamespaceName, tag.RepoName, tag.RepoId)));
    }

    [Fact]
    public void Looks_up_missing_cached_ID_again()
    {
        var registry = FakeRegistry.WithTags(3);
        var connection = Run.Connect(registry);
        Run.Of(connection, Run.Query(Run.All, "team/app"));
        registry.Change = (request, body) =>
        {
            if (request.Action == "GetRepository") body["RepoId"] = "crr-new";
            return request.Action == "ListRepoTag" && request["RepoId"] == FakeRegistry.RepoId ? FakeRegistry.Reject(HttpStatusCode.NotFound, "REPO_NOT_EXIST") : null;
        };

        var run = Run.Of(connection, Run.Query(Run.All, "team/app"));

        Assert.Null(run.Failure);
        Assert.All(run.Tags, tag => Assert.Equal(("crr-new", ListingState.Whole), (tag.RepoId, tag.Origin!.State)));
    }

    [Theory]
    [InlineData("team/app", true)]
    [InlineData("team/app/sub.part_1-x", true)]
    [InlineData("crr-tquyps22md8purzx", true)]
    [InlineData("app", false)]
    [InlineData("", false)]
    [InlineData("team/", false)]
    [InlineData("/app", false)]
    [InlineData("team/app:v1", false)]
    [InlineData("x-registry.cn-shanghai.cr.aliyuncs.com/team/app", false)]
    [InlineData("team /app", false)]
    [InlineData("Team/App", false)]
    [InlineData("https://team/app", false)]
    [InlineData("team/app\n", false)]
    public void Repository_is_full_name_or_ID(string text, bool valid) =>
        Assert.Equal(valid, RepositoryReference.TryParse(text, out _));
}
