using System.Net;
using System.Text.Json.Nodes;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Decoding;

/// <summary>The lookup and the cache of the ID of a repository.</summary>
public sealed class RepositoryTests
{
    private readonly FakeRegistry _registry = FakeRegistry.WithTags(3);

    private int LookUps => _registry.Requests.Count(request => request.Action == "GetRepository");

    [Theory]
    [InlineData("RepoId", null, "it has no RepoId")]
    [InlineData("RepoId", "", "it has no RepoId")]
    [InlineData("CreateTime", "yesterday", "it (repository 'crr-test') has an invalid CreateTime 'yesterday'")]
    [InlineData("ModifiedTime", "yesterday", "it (repository 'crr-test') has an invalid ModifiedTime 'yesterday'")]
    public void Rejects_reply_without_ID_or_with_invalid_time(string field, string? value, string problem)
    {
        Change((_, body) => body[field] = value);

        var failure = Assert.IsType<CrApiException>(Run.Of(_registry, Run.Query(Run.All, "team/app")).Failure);

        Assert.Equal((CrErrorCode.InvalidResult, "GetRepository"), (failure.Code, failure.Action));
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_request_new_ID_again()
    {
        _registry.Change = (request, _) => request.Action == "ListRepoTag" ? FakeRegistry.Reject(HttpStatusCode.NotFound, "REPO_NOT_EXIST") : null;

        var failure = Assert.IsType<CrApiException>(Run.Of(_registry, Run.Query(Run.All, "team/app")).Failure);

        Assert.Equal("REPO_NOT_EXIST", failure.Code);
        Assert.Equal(["GetRepository", "ListRepoTag"], _registry.Requests.Select(request => request.Action));
    }

    [Fact]
    public void Does_not_request_cached_ID_after_other_failure()
    {
        var connection = Run.Connect(_registry);
        Run.Of(connection, Run.Query(Run.All, "team/app"));
        _registry.Change = (request, _) => request.Action == "ListRepoTag" ? FakeRegistry.Reject(HttpStatusCode.Forbidden, "NoPrivilege") : null;

        Assert.Equal("NoPrivilege", Assert.IsType<CrApiException>(Run.Of(connection, Run.Query(Run.All, "team/app")).Failure).Code);
        Assert.Equal(1, LookUps);
    }

    [Fact]
    public void Caches_IDs_by_instance_and_endpoint()
    {
        var connection = Run.Connect(_registry);
        var query = Run.Query(Run.All, "team/app");

        Run.Of(connection, query);
        Run.Of(connection, query with { InstanceId = "cri-other" });
        Run.Of(connection, query, endpoint: new Uri("http://127.0.0.1:2"));
        Run.Of(connection, query);

        Assert.Equal(3, LookUps);
    }

    private void Change(Action<SeenRequest, JsonObject> change) => _registry.Change = (request, body) =>
    {
        change(request, body);
        return null;
    };
}
