using System.Net;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>Lists of repositories. The rule of complete lists also applies to them, and the client filters the rows.</summary>
public sealed class RepositoryListingTests : IDisposable
{
    private readonly FakeRegistry _registry = new() { Repositories = [.. Enumerable.Range(0, 250).Select(number => $"team/r{number}")] };

    public void Dispose() => _registry.Dispose();

    [Fact]
    public void Reads_every_field_of_row()
    {
        var repository = Of(Query() with { Selection = RowRange.Range(0, 1, null) }).Rows.Single();

        Assert.Equal(
            ("crr-team-r0", "team", "r0", "NORMAL", "PRIVATE", "MANUAL", null, null, true, FakeRegistry.InstanceId, "cn-test", "rg-test"),
            (repository.RepoId, repository.RepoNamespaceName, repository.RepoName, repository.RepoStatus, repository.RepoType, repository.RepoBuildType, repository.Summary,
                repository.Detail, repository.TagImmutability, repository.InstanceId, repository.RegionId, repository.ResourceGroupId));
        Assert.Equal(
            (DateTimeOffset.FromUnixTimeMilliseconds(1572839125000).LocalDateTime, DateTimeOffset.FromUnixTimeMilliseconds(1572875608000).LocalDateTime),
            (repository.CreateTime, repository.ModifiedTime));
    }

    [Fact]
    public void Complete_list_costs_its_pages_and_both_ends()
    {
        var run = Of(Query());

        Assert.Null(run.Failure);
        Assert.Equal(_registry.Repositories, run.Names);
        Assert.Equal(["1", "1", "2", "3", "3"], _registry.Requests.Select(request => request["PageNo"]).Order());
        Assert.All(_registry.Requests, request => Assert.Equal(("ListRepository", "100", "ALL"), (request.Action, request["PageSize"], request["RepoStatus"])));
    }

    [Fact]
    public void Finds_all_repositories_after_deletion_from_page_1()
    {
        string[] throughout = [.. _registry.Repositories.Where(name => name != "team/r7")];
        var isDone = false;
        _registry.Change = (request, _) =>
        {
            if (!isDone && request["PageNo"] == "1") isDone = _registry.Repositories.Remove("team/r7");
            return null;
        };

        var run = Of(Query());

        Assert.Null(run.Failure);
        Assert.Equal(throughout.Order(), run.Names.Where(name => name != "team/r7").Order());
    }

    [Fact]
    public void Incomplete_list_of_repositories_is_an_error()
    {
        _registry.Change = (request, _) => request["PageNo"] == "2" ? FakeRegistry.Reject(HttpStatusCode.Forbidden, "NoPrivilege") : null;

        var failure = Assert.IsType<IncompleteListingException>(Of(Query()).Failure);

        Assert.Contains("The list of repositories failed at page 2 after 100 of 250 repositories", failure.Message, StringComparison.Ordinal);
        Assert.Equal("ListRepository", failure.Action);
    }

    [Theory]
    [InlineData("RepoId", "", "row 3 of page 1 has no RepoId")]
    [InlineData("CreateTime", "yesterday", "row 3 of page 1 (repository 'crr-team-r2') has an invalid CreateTime 'yesterday'")]
    public void Invalid_row_is_InvalidResult(string field, string value, string problem)
    {
        _registry.Change = (_, body) =>
        {
            body["Repositories"]![2]![field] = value;
            return null;
        };

        var failure = Assert.IsType<CrApiException>(Of(Query()).Failure);

        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reply_without_Repositories_is_not_an_empty_list()
    {
        _registry.Change = (_, body) =>
        {
            body.Remove("Repositories");
            return null;
        };

        Assert.Contains("page 1 has no Repositories, though TotalCount is 250", Of(Query()).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_namespace_and_filters_other_rows()
    {
        _registry.Repositories = ["team/app", "teams/app", "other/team", "team/web"];

        var run = Of(Query() with { NamespaceName = "team" });

        Assert.Equal(["team/app", "team/web"], run.Names);
        Assert.All(_registry.Requests, request => Assert.Equal("team", request["RepoNamespaceName"]));
    }

    [Fact]
    public void Finds_ID_full_name_and_name_and_reports_missing_ones()
    {
        _registry.Repositories = ["team/app", "other/app", "team/web", "team/tools/app", "x/team/web"];

        var run = Of(Query() with { ExactNames = ["app", "crr-team-web", "tools/app", "team/tools/app", "none", "crr-none", "team/none"] });

        // 'tools/app' is a full name, and not a repository of the namespace 'team'.
        Assert.Equal(["team/app", "other/app", "team/web", "team/tools/app"], run.Names);
        Assert.Equal(["tools/app", "none", "crr-none", "team/none"], run.Missing);
    }

    [Fact]
    public void Combines_wildcard_and_names()
    {
        _registry.Repositories = ["team/app", "team/web", "team/db"];

        var run = Of(Query() with { ExactNames = ["team/db", "team/gone"], Match = repository => repository.RepoName == "web" });

        Assert.Equal(["team/web", "team/db"], run.Names);
        Assert.Equal(["team/gone"], run.Missing);
    }

    [Fact]
    public void Ends_after_enough_matches()
    {
        var run = Of(Query() with { Selection = RowRange.Range(1, 1, null), ExactNames = ["r3", "r5", "r249"] });

        Assert.Equal(["team/r5"], run.Names);
        Assert.Empty(run.Missing);
        Assert.Single(_registry.Requests);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    [InlineData(0, false)]
    public void Looks_up_to_20_names(int count, bool isLookup)
    {
        string?[] names = [.. Enumerable.Range(0, count).Select(number => $"team/r{number}")];

        Assert.Equal(isLookup ? names : [null], JobsOf(Query() with { ExactNames = names! }));
    }

    [Fact]
    public void Reads_list_for_name_without_namespace_and_for_wildcard()
    {
        Assert.Equal([null], JobsOf(Query() with { ExactNames = ["team/app", "app"] }));
        Assert.Equal([null], JobsOf(Query() with { ExactNames = ["team/app"], Match = _ => true }));
    }

    [Theory]
    [InlineData("crr-x", "RepoId=crr-x")]
    [InlineData("team/tools/app", "RepoName=tools/app RepoNamespaceName=team")]
    public void Looks_up_repository_by_ID_or_name(string name, string parameters)
    {
        var run = Of(Query() with { ExactNames = [name] });

        Assert.Single(run.Messages, message => message is RowFound<Repository>);
        var request = Assert.Single(_registry.Requests);
        Assert.Equal(parameters, string.Join(' ', request.Parameters.Where(pair => pair.Key.StartsWith("Repo", StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Theory]
    [InlineData("team/app", "RepoName", "App")]
    [InlineData("team/app", "RepoName", "app2")]
    [InlineData("team/app", "RepoNamespaceName", "teams")]
    [InlineData("crr-x", "RepoId", "crr-y")]
    [InlineData("crr-x", "RepoId", "crr-x1")]
    public void Reply_for_other_repository_is_InvalidResult(string requested, string field, string returned)
    {
        _registry.Change = (request, body) =>
        {
            if (request.Action == "GetRepository") body[field] = returned;
            return null;
        };

        var lookUp = Of(Query() with { ExactNames = [requested] });

        var failure = Assert.IsType<CrApiException>(lookUp.Failure);
        Assert.Equal((CrErrorCode.InvalidResult, "GetRepository"), (failure.Code, failure.Action));
        Assert.DoesNotContain(lookUp.Messages, message => message is RowFound<Repository>);
    }

    /// <summary>Its tags would be those of another repository.</summary>
    [Theory]
    [InlineData("RepoName", "App")]
    [InlineData("RepoNamespaceName", "teams")]
    public void Reply_for_other_repository_lists_no_tags(string field, string returned)
    {
        _registry.Tags = ["v1"];
        _registry.Change = (request, body) =>
        {
            if (request.Action == "GetRepository") body[field] = returned;
            return null;
        };

        var run = Run.Of(_registry, Run.Query(Run.All, "team/app"));

        Assert.Empty(run.Tags);
        Assert.Equal(CrErrorCode.InvalidResult, Assert.IsType<CrApiException>(run.Failure).Code);
    }

    [Theory]
    [InlineData(250, "100")]
    [InlineData(250, "249")]
    [InlineData(300, "100")]
    [InlineData(1150, "1000")]
    [InlineData(250, null)]
    [InlineData(250, "many")]
    public void Finds_all_repositories_with_too_low_TotalCount(int count, string? total)
    {
        _registry.Repositories = [.. Enumerable.Range(0, count).Select(number => $"team/r{number}")];
        _registry.WithTotal(total);
        var last = $"r{count - 1}";

        var all = Of(Query());
        var byRule = Of(Query() with { Match = repository => repository.RepoName!.StartsWith("r2", StringComparison.Ordinal) });
        var byName = Of(Query() with { ExactNames = [last, "r0", "gone"] });
        var range = Of(Query() with { Selection = RowRange.Range(60, count, null) });

        Assert.Null(all.Failure ?? byRule.Failure ?? byName.Failure ?? range.Failure);
        Assert.Equal(_registry.Repositories, all.Names);
        Assert.Equal(_registry.Repositories.Where(name => name.StartsWith("team/r2", StringComparison.Ordinal)), byRule.Names);
        Assert.Equal(["team/r0", $"team/{last}"], byName.Names);
        Assert.Equal(["gone"], byName.Missing);
        Assert.Equal(_registry.Repositories.Skip(60), range.Names);
    }

    [Fact]
    public void Repositories_with_ignored_PageNo_are_IncompleteListing()
    {
        _registry.WithTotal(null).Shown = (_, _) => 1;

        Assert.IsType<IncompleteListingException>(Of(Query()).Failure);
        Assert.InRange(_registry.Requests.Count, 2, 3);
    }

    [Fact]
    public void Finds_all_repositories_in_silently_limited_pages()
    {
        _registry.LargestPageSize = 50;
        _registry.With((_, body) => body["PageSize"] = 100);

        var all = Of(Query());

        Assert.Null(all.Failure);
        Assert.Equal(_registry.Repositories, all.Names);
    }

    private static RepositoryQuery Query() => new(FakeRegistry.InstanceId, Run.All);

    private IEnumerable<string?> JobsOf(RepositoryQuery query) => Run.Connect(_registry).ListRepositories(FakeRegistry.Endpoint, query).Select(job => job.Name);

    private Listed Of(RepositoryQuery query)
    {
        using var work = new OrderedJobQueue<string>(10, CancellationToken.None);
        foreach (var (name, job) in Run.Connect(_registry).ListRepositories(FakeRegistry.Endpoint, query)) work.Add(name ?? "list", job);
        var messages = new List<JobMessage>();
        Exception? failure = null;
        while (work.Take(wait: true) is { } next)
        {
            if (next.Message is { } message) messages.Add(message);
            failure ??= next.Failure;
        }

        return new Listed(messages, failure);
    }

    private sealed record Listed(IReadOnlyList<JobMessage> Messages, Exception? Failure)
    {
        public IReadOnlyList<Repository> Rows => [.. Messages.OfType<Page<Repository>>().SelectMany(page => page.Rows)];

        public IReadOnlyList<string> Names => [.. Rows.Select(row => row.ToString())];

        public IReadOnlyList<string> Missing => [.. Messages.OfType<RowNotFound>().Select(missing => missing.Name)];
    }
}
