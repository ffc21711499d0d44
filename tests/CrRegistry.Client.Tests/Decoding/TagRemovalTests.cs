using System.Net;
using CrRegistry.Client.Api;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Decoding;

/// <summary>DeleteRepoTag, sent by the job of a change.</summary>
public sealed class TagRemovalTests : IDisposable
{
    private readonly FakeRegistry _registry = FakeRegistry.WithTags(3);

    private IReadOnlyList<string> Actions => [.. _registry.Requests.Select(request => request.Action)];

    public void Dispose() => _registry.Dispose();

    [Fact]
    public void Checks_tag_and_sends_delete()
    {
        var (result, failure) = Make();

        Assert.Null(failure);
        Assert.Equal(("Removed", "v1", "REQ-0"), (result!.Result, result.Tag, result.RequestId));
        Assert.Equal(["GetRepoTag", "DeleteRepoTag"], Actions);
        Assert.Equal((FakeRegistry.RepoId, "v1"), (_registry.Requests[1]["RepoId"], _registry.Requests[1]["Tag"]));
    }

    [Fact]
    public void Checks_tag_again_before_throttled_delete_is_retried()
    {
        Delete(count => count == 1 ? FakeRegistry.Refuse(HttpStatusCode.BadRequest, "Throttling.User") : null);

        Assert.Equal(("Removed", null), (Make().Result!.Result, Make().Failure));
        Assert.Equal(["GetRepoTag", "DeleteRepoTag", "GetRepoTag", "DeleteRepoTag"], Actions.Take(4));
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(500, """{"Code":"SystemError"}""")]
    public void Reports_failure_if_tag_is_unchanged_after_lost_reply(int status, string body)
    {
        Delete(_ => FakeRegistry.Reply((HttpStatusCode)status, body));

        var (result, failure) = Make();

        Assert.Equal("Failed", result!.Result);
        Assert.False(Assert.IsType<CrApiException>(failure).IsOutcomeUnknown);
        Assert.Equal(["GetRepoTag", "DeleteRepoTag", "GetRepoTag"], Actions);
    }

    [Fact]
    public void Reports_unknown_result_if_lookup_fails_after_lost_reply()
    {
        _registry.Change = (request, _) => request.Action == "DeleteRepoTag" ? FakeRegistry.Reply(HttpStatusCode.OK, "")
            : Actions.Contains("DeleteRepoTag") ? FakeRegistry.Refuse(HttpStatusCode.Forbidden, "NoPrivilege") : null;

        var (result, failure) = Make();

        Assert.Equal("Failed", result!.Result);
        Assert.True(Assert.IsType<CrApiException>(failure).IsOutcomeUnknown);
        Assert.Contains("The lookup of the tag failed, too.", failure.Message, StringComparison.Ordinal);
        Assert.Single(Actions, action => action == "DeleteRepoTag");
    }

    /// <summary>Replaces the replies to DeleteRepoTag, by their number.</summary>
    private void Delete(Func<int, HttpResponseMessage?> reply) =>
        _registry.Change = (request, _) => request.Action == "DeleteRepoTag" ? reply(_registry.Requests.Count(one => one.Action == "DeleteRepoTag")) : null;

    private (RemovedTag? Result, Exception? Failure) Make()
    {
        Assert.True(RepositoryReference.TryParse(FakeRegistry.RepoId, out var reference));
        var removal = new TagRemoval(new RepositoryScope(new InstanceScope(FakeRegistry.InstanceId, null), reference), "v1", new ListedTag(new string('a', 64), null));
        using var work = new OrderedJobQueue<string>(1, CancellationToken.None);
        work.Add("removal", Run.Connect(_registry).Change(FakeRegistry.Endpoint, removal, new ChangeOrder()));
        (RemovedTag? Result, Exception? Failure) outcome = default;
        while (work.Take(wait: true) is { } next)
        {
            if (next.Message is RowFound<RemovedTag> found) outcome.Result = found.Row;
            outcome.Failure ??= next.Failure;
        }

        return outcome;
    }
}
