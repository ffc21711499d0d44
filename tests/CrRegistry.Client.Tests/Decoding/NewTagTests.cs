using System.Net;
using CrRegistry.Client.Api;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Decoding;

/// <summary>CreateRepoTag, sent by the job of a change.</summary>
public sealed class NewTagTests : IDisposable
{
    private readonly FakeRegistry _registry = FakeRegistry.WithTags(3);

    private IReadOnlyList<string> Actions => [.. _registry.Requests.Select(request => request.Action)];

    public void Dispose() => _registry.Dispose();

    // The RequestId of the documented sample is not a UUID.
    [Theory]
    [InlineData("application/json", """{"Code":"success","IsSuccess":true,"RequestId":"9F0C11AA-2B3D-4C5E-8F90-7ZQ*****"}""")]
    [InlineData("text/xml", "<IsSuccess>true</IsSuccess><RequestId>9F0C11AA-2B3D-4C5E-8F90-7ZQ*****</RequestId><Code>success</Code>")]
    public void Reads_reply(string contentType, string body)
    {
        Change(_ => FakeRegistry.Reply(HttpStatusCode.OK, body, contentType));

        Assert.Equal((null, null), Make("team/app"));
        var request = Assert.Single(_registry.Requests);
        Assert.Equal(("CreateRepoTag", "team", "app", "v1", "prod"), (request.Action, request["NamespaceName"], request["RepoName"], request["FromTag"], request["ToTag"]));
        Assert.DoesNotContain("RepoId", request.Parameters.Keys);
    }

    [Fact]
    public void Finds_names_of_ID()
    {
        _registry.Change = (request, body) =>
        {
            if (request.Action == "GetRepository") (body["RepoNamespaceName"], body["RepoName"]) = ("team", "tools/app");
            return null;
        };

        Assert.Null(Make(FakeRegistry.RepoId).Failure);

        Assert.Equal(["GetRepository", "CreateRepoTag"], Actions);
        Assert.Equal(("team", "tools/app"), (_registry.Requests[1]["NamespaceName"], _registry.Requests[1]["RepoName"]));
    }

    [Fact]
    public void Sends_no_change_if_ID_has_no_names()
    {
        var failure = Assert.IsType<CrApiException>(Make(FakeRegistry.RepoId).Failure);

        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
        Assert.False(failure.IsOutcomeUnknown);
        Assert.Equal(["GetRepository"], Actions);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, """{"Code":"succ""")]
    [InlineData(200, "{}")]
    [InlineData(500, """{"Code":"SystemError"}""")]
    [InlineData(502, "<html></html>")]
    public void Sends_change_once_if_reply_is_lost(int status, string body)
    {
        Change(_ => FakeRegistry.Reply((HttpStatusCode)status, body));

        var failure = Assert.IsType<CrApiException>(Make("team/app", returnsTag: true).Failure);

        Assert.True(failure.IsOutcomeUnknown);
        Assert.Equal(["CreateRepoTag"], Actions);
    }

    [Fact]
    public void Sends_change_once_if_connection_breaks()
    {
        Change(_ => throw new HttpRequestException("Broken.", new IOException("Reset.")));

        Assert.True(Assert.IsType<CrApiException>(Make("team/app").Failure).IsOutcomeUnknown);
        Assert.Equal(["CreateRepoTag"], Actions);
    }

    [Theory]
    [InlineData(400, "Throttling.User")]
    [InlineData(429, "Unheard")]
    public void Retries_rejected_change(int status, string code)
    {
        Change(count => count == 1 ? FakeRegistry.Reject((HttpStatusCode)status, code) : null);

        Assert.Null(Make("team/app").Failure);
        Assert.Equal(["CreateRepoTag", "CreateRepoTag"], Actions);
    }

    [Fact]
    public void Returns_new_tag()
    {
        _registry.Tags.Add("prod");

        var (tag, failure) = Make("team/app", returnsTag: true);

        Assert.Null(failure);
        Assert.Equal(("prod", FakeRegistry.RepoId, "team", "app", ListingState.Part), (tag!.Tag, tag.RepoId, tag.RepoNamespaceName, tag.RepoName, tag.Origin!.State));
        Assert.Equal(["CreateRepoTag", "GetRepository", "GetRepoTag"], Actions);
    }

    [Fact]
    public void Reports_created_tag_that_cannot_be_read()
    {
        var failure = Assert.IsType<CrApiException>(Make("team/app", returnsTag: true).Failure);

        Assert.StartsWith("The tag 'prod' was created, but it could not be read. ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(("TAG_NOT_EXIST", "GetRepoTag"), (failure.Code, failure.Action));
        Assert.False(failure.IsOutcomeUnknown);
    }

    /// <summary>Replaces the replies to CreateRepoTag, by their number.</summary>
    private void Change(Func<int, HttpResponseMessage?> reply) =>
        _registry.Change = (request, _) => request.Action == "CreateRepoTag" ? reply(_registry.Requests.Count(one => one.Action == "CreateRepoTag")) : null;

    private (ImageTag? Tag, Exception? Failure) Make(string repository, bool returnsTag = false)
    {
        Assert.True(RepositoryReference.TryParse(repository, out var reference));
        var tag = new NewTag(new RepositoryScope(new InstanceScope(FakeRegistry.InstanceId, null), reference), "v1", "prod", returnsTag);
        using var work = new OrderedJobQueue<string>(1, CancellationToken.None);
        work.Add("change", Run.Connect(_registry).Change(FakeRegistry.Endpoint, tag, new ChangeOrder()));
        (ImageTag? Tag, Exception? Failure) outcome = default;
        while (work.Take(wait: true) is { } next)
        {
            if (next.Message is RowFound<ImageTag> found) outcome.Tag = found.Row;
            outcome.Failure ??= next.Failure;
        }

        return outcome;
    }
}
