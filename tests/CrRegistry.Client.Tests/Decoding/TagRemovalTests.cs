using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CrRegistry.Client.Api;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Decoding;

/// <summary>DeleteRepoTag, sent by the job of a change.</summary>
public sealed class TagRemovalTests : IDisposable
{
    private const string Name = "team/app";

    private static readonly string s_digest = new('a', 64);
    private static readonly DateTime s_time = DateTimeOffset.FromUnixTimeMilliseconds(1572875607000).UtcDateTime;

    private readonly FakeRegistry _registry = FakeRegistry.WithTags(3);

    private IReadOnlyList<string> Actions => [.. _registry.Requests.Select(request => request.Action)];

    private int Deletes => Actions.Count(action => action == "DeleteRepoTag");

    public void Dispose() => _registry.Dispose();

    [Fact]
    public void Checks_tag_and_sends_delete()
    {
        var (result, failure) = Make();

        Assert.Null(failure);
        Assert.Equal(("Removed", "v1", s_digest, "REQ-0", null), (result!.Result, result.Tag, result.Digest, result.RequestId, result.Reason));
        Assert.Equal(
            (FakeRegistry.InstanceId, "cn-test", FakeRegistry.RepoId, null, null), (result.InstanceId, result.RegionId, result.RepoId, result.RepoNamespaceName, result.RepoName));
        Assert.Equal(["GetRepoTag", "DeleteRepoTag"], Actions);
        Assert.All(_registry.Requests, request =>
            Assert.Equal((FakeRegistry.InstanceId, FakeRegistry.RepoId, "v1"), (request["InstanceId"], request["RepoId"], request["Tag"])));
    }

    [Fact]
    public void Returns_no_request_ID_if_reply_has_none()
    {
        Delete(_ => FakeRegistry.Reply(HttpStatusCode.OK, """{"Code":"success","IsSuccess":true}"""));

        Assert.Null(Make().Result!.RequestId);
    }

    public static TheoryData<string, string?, bool> States => new()
    {
        { s_digest, null, true },
        { s_digest.ToUpperInvariant(), null, true },
        { s_digest, "2019-11-04T13:53:27.0000000Z", true },
        { s_digest[1..], null, false },
        { "other", "2019-11-04T13:53:27.0000000Z", false },
        { s_digest, "2019-11-04T13:53:27.0010000Z", false },
        { s_digest, "2019-11-04T12:53:27.0000000Z", false },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void Removes_tag_only_in_its_listed_state(string digest, string? time, bool isRemoved)
    {
        var (result, failure) = Make(new ListedTag(digest, time is null ? null : DateTime.Parse(time, null, System.Globalization.DateTimeStyles.RoundtripKind)));

        Assert.Equal((isRemoved ? "Removed" : "Changed", digest, isRemoved ? 1 : 0), (result!.Result, result.Digest, Deletes));
        Assert.Equal(isRemoved ? null : CrErrorCode.TagChanged, (failure as CrApiException)?.Code);
        Assert.Equal(failure?.Message, result.Reason);
    }

    [Theory]
    [InlineData("Digest", null, "Its digest changed from 'aaaa")]
    [InlineData("Digest", "", "' to ''.")]
    [InlineData("Digest", "b\u001b", @"' to 'b\u001b'.")]
    [InlineData("ImageUpdate", null, "Its ImageUpdate has changed.")]
    [InlineData("ImageUpdate", "0", "Its ImageUpdate has changed.")]
    public void Keeps_tag_if_check_shows_other_state(string field, string? value, string reason)
    {
        Check((_, body) => body[field] = value);

        var (result, failure) = Make(new ListedTag(s_digest, s_time));

        Assert.Equal(("Changed", s_digest, "REQ-0", 0), (result!.Result, result.Digest, result.RequestId, Deletes));
        Assert.Contains($"The tag has changed since it was listed, and was not removed. ", failure!.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Equal("GetRepoTag", ((CrApiException)failure).Action);
    }

    [Theory]
    [InlineData("v2", "it is about tag 'v2' instead of 'v1'")]
    [InlineData("V1", "it is about tag 'V1' instead of 'v1'")]
    [InlineData("v1 ", "it is about tag 'v1 ' instead of 'v1'")]
    [InlineData("", "has no Tag")]
    [InlineData(null, "has no Tag")]
    public void Keeps_tag_if_check_is_about_other_tag(string? other, string message)
    {
        Check((_, body) => body["Tag"] = other);

        var (result, failure) = Make();

        Assert.Equal(("Failed", 0, CrErrorCode.InvalidResult), (result!.Result, Deletes, Assert.IsType<CrApiException>(failure).Code));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "NoPrivilege", 1)]
    [InlineData(404, "REPO_NOT_EXIST", 1)]
    [InlineData(404, "INSTANCE_NOT_EXIST", 1)]
    [InlineData(404, "NAMESPACE_NOT_EXIST", 1)]
    [InlineData(500, "InternalError", 4)]
    public void Keeps_tag_if_check_fails(int status, string code, int checks)
    {
        Reply("GetRepoTag", _ => FakeRegistry.Reject((HttpStatusCode)status, code));

        var (result, failure) = Make();

        Assert.Equal(("Failed", "REQ-1", s_digest, code), (result!.Result, result.RequestId, result.Digest, Assert.IsType<CrApiException>(failure).Code));
        Assert.Equal(Enumerable.Repeat("GetRepoTag", checks), Actions);
        Assert.False(((CrApiException)failure).IsOutcomeUnknown);
    }

    [Fact]
    public void Repeats_check_whose_reply_is_lost()
    {
        Reply("GetRepoTag", number => number < 3 ? FakeRegistry.Reply(HttpStatusCode.OK, "") : null);

        Assert.Equal("Removed", Make().Result!.Result);
        Assert.Equal(["GetRepoTag", "GetRepoTag", "GetRepoTag", "DeleteRepoTag"], Actions);
    }

    [Theory]
    [InlineData("GetRepoTag", 0)]
    [InlineData("DeleteRepoTag", 1)]
    public void Counts_missing_tag_as_done(string operation, int deletes)
    {
        Reply(operation, _ => FakeRegistry.Reject(HttpStatusCode.NotFound, "TAG_NOT_EXIST"));

        var (result, failure) = Make();

        Assert.Null(failure);
        Assert.Equal(("AlreadyGone", s_digest, "REQ-1", null, deletes), (result!.Result, result.Digest, result.RequestId, result.Reason, Deletes));
    }

    [Theory]
    [InlineData(403, "NoPrivilege")]
    [InlineData(404, "REPO_NOT_EXIST")]
    public void Reports_rejected_delete(int status, string code)
    {
        Delete(_ => FakeRegistry.Reject((HttpStatusCode)status, code));

        var (result, failure) = Make();

        Assert.Equal(("Failed", "REQ-1", code), (result!.Result, result.RequestId, Assert.IsType<CrApiException>(failure).Code));
        Assert.Equal(["GetRepoTag", "DeleteRepoTag"], Actions);
    }

    [Fact]
    public void Checks_tag_again_before_throttled_delete_is_retried()
    {
        Delete(count => count == 1 ? FakeRegistry.Reject(HttpStatusCode.BadRequest, "Throttling.User") : null);

        Assert.Equal(("Removed", null), (Make().Result!.Result, Make().Failure));
        Assert.Equal(["GetRepoTag", "DeleteRepoTag", "GetRepoTag", "DeleteRepoTag"], Actions.Take(4));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Keeps_tag_that_is_pushed_before_throttled_delete_is_retried(bool isListed)
    {
        _registry.Change = (request, body) =>
        {
            if (request.Action == "DeleteRepoTag") return FakeRegistry.Reject(HttpStatusCode.BadRequest, "Throttling.User");
            if (Deletes > 0) body["Digest"] = "other";
            return null;
        };

        var result = Make(isListed ? new ListedTag(s_digest, null) : null).Result!;

        Assert.Equal("Changed", result.Result);
        Assert.StartsWith($"The tag has changed since it was {(isListed ? "listed" : "checked")}, and was not removed. ", result.Reason, StringComparison.Ordinal);
        Assert.Equal(["GetRepoTag", "DeleteRepoTag", "GetRepoTag"], Actions);
    }

    /// <summary>The repository of a cached ID is deleted while the delete is throttled, and another one has its name.</summary>
    [Fact]
    public void Keeps_tag_of_other_repository_with_same_name()
    {
        var connection = Run.Connect(_registry);
        Assert.Equal("Removed", Make(null, Name, connection).Result!.Result);
        var deletes = Deletes;
        _registry.Change = (request, body) =>
        {
            if (request.Action == "DeleteRepoTag") return FakeRegistry.Reject(HttpStatusCode.BadRequest, "Throttling.User");
            if (request.Action == "GetRepository") body["RepoId"] = "crr-other";
            if (request.Action != "GetRepoTag" || Deletes == deletes) return null;
            if (request["RepoId"] == FakeRegistry.RepoId) return FakeRegistry.Reject(HttpStatusCode.NotFound, "REPO_NOT_EXIST");
            body["Digest"] = "other";
            return null;
        };

        Assert.Equal("Changed", Make(null, Name, connection).Result!.Result);
        Assert.Equal(deletes + 1, Deletes);
    }

    [Fact]
    public void Returns_names_and_ID_of_repository()
    {
        var result = Make(null, Name).Result!;

        Assert.Equal((FakeRegistry.RepoId, "team", "app", s_digest), (result.RepoId, result.RepoNamespaceName, result.RepoName, result.Digest));
        Assert.Equal(["GetRepository", "GetRepoTag", "DeleteRepoTag"], Actions);
    }

    [Fact]
    public void Ends_if_only_deletes_are_throttled()
    {
        Delete(_ => FakeRegistry.Reject(HttpStatusCode.BadRequest, "Throttling.User"));

        var (result, failure) = Make();

        Assert.Equal(("Failed", "Throttling.User"), (result!.Result, Assert.IsType<CrApiException>(failure).Code));
    }

    /// <summary>The service throttles another request after the check. The delete must not wait, because the tag may be pushed in this time.</summary>
    [Fact]
    public async Task Sends_delete_directly_after_check()
    {
        var isChecked = new TaskCompletionSource();
        var isThrottled = new TaskCompletionSource();
        var isSent = new TaskCompletionSource();
        _registry.Hold = async (request, token) =>
        {
            if (request.Action == "DeleteRepoTag" && request["Tag"] == "v1") await isChecked.Task.WaitAsync(token);
            if (request.Action != "GetRepoTag" || request["Tag"] != "v2") return;
            isChecked.TrySetResult();
            await isThrottled.Task.WaitAsync(token);
        };
        _registry.Change = (request, _) =>
        {
            if (request.Action != "DeleteRepoTag") return null;
            if (request["Tag"] == "v2") isSent.TrySetResult();
            if (request["Tag"] != "v1") return null;
            var reply = FakeRegistry.Reject(HttpStatusCode.BadRequest, "Throttling.User");
            reply.Headers.TryAddWithoutValidation("x-acs-retry-after", "30000");
            return reply;
        };
        using var stop = new CancellationTokenSource();
        using var work = new OrderedJobQueue<string>(2, stop.Token);
        var connection = Run.Connect(_registry, new TestClock(skips: false));
        var order = new ChangeOrder();
        foreach (var tag in new[] { "v1", "v2" }) work.Add(tag, connection.Change(FakeRegistry.Endpoint, Removal(tag, new ListedTag(s_digest, null)), order));

        while (work.Take(wait: true)?.Message is not RequestRetried)
        {
        }

        isThrottled.SetResult();
        await isSent.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
    }

    [Theory]
    [InlineData(200, "", "InvalidResult", null)]
    [InlineData(500, """{"Code":"SystemError","RequestId":"REQ-9"}""", "SystemError", "REQ-9")]
    public void Reports_failure_if_tag_is_unchanged_after_lost_reply(int status, string body, string code, string? requestId)
    {
        Delete(_ => FakeRegistry.Reply((HttpStatusCode)status, body));

        var (result, failure) = Make();

        Assert.Equal(("Failed", requestId), (result!.Result, result.RequestId));
        var lost = Assert.IsType<CrApiException>(failure);
        Assert.False(lost.IsOutcomeUnknown);
        Assert.Equal((code, "DeleteRepoTag", requestId, status), (lost.Code, lost.Action, lost.RequestId, lost.HttpStatus));
        Assert.Equal(["GetRepoTag", "DeleteRepoTag", "GetRepoTag"], Actions);
    }

    [Fact]
    public void Reports_cause_of_lost_reply_once()
    {
        Delete(_ => FakeRegistry.Reply(HttpStatusCode.OK, """{"Code":"success","IsSucc"""));

        var (result, failure) = Make();

        Assert.StartsWith("DeleteRepoTag was sent, but no valid reply was received. The reply to DeleteRepoTag", failure!.Message, StringComparison.Ordinal);
        Assert.EndsWith(" A lookup found the tag unchanged, but the service may still execute the request.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not known", failure.Message, StringComparison.Ordinal);
        Assert.Equal(failure.Message, result!.Reason);
    }

    [Fact]
    public void Reports_removal_if_tag_is_gone_after_lost_reply()
    {
        Delete(_ =>
        {
            _registry.Tags.Remove("v1");
            return FakeRegistry.Reject(HttpStatusCode.InternalServerError, "SystemError");
        });

        var (result, failure) = Make();

        Assert.Null(failure);
        Assert.Equal(("Removed", s_digest, "REQ-1", null, 1), (result!.Result, result.Digest, result.RequestId, result.Reason, Deletes));
    }

    [Theory]
    [InlineData("Digest", "other")]
    [InlineData("ImageUpdate", "1572875609000")]
    public void Keeps_tag_that_was_pushed_before_lookup_after_lost_reply(string field, string value)
    {
        _registry.Change = (request, body) =>
        {
            if (request.Action == "DeleteRepoTag") return FakeRegistry.Reply(HttpStatusCode.OK, "");
            if (Deletes > 0) body[field] = value;
            return null;
        };

        var (result, failure) = Make(new ListedTag(s_digest, s_time));

        Assert.Equal(("Changed", 1), (result!.Result, Deletes));
        Assert.Equal(CrErrorCode.TagChanged, Assert.IsType<CrApiException>(failure).Code);
        Assert.Contains("DeleteRepoTag was sent, but no valid reply was received.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The tag has changed since it was checked.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_unknown_result_if_lookup_fails_after_lost_reply()
    {
        _registry.Change = (request, _) => request.Action == "DeleteRepoTag" ? FakeRegistry.Reply(HttpStatusCode.OK, "")
            : Actions.Contains("DeleteRepoTag") ? FakeRegistry.Reject(HttpStatusCode.Forbidden, "NoPrivilege") : null;

        var (result, failure) = Make();

        Assert.Equal("Failed", result!.Result);
        Assert.True(Assert.IsType<CrApiException>(failure).IsOutcomeUnknown);
        Assert.Contains("The lookup of the tag also failed.", failure.Message, StringComparison.Ordinal);
        Assert.Single(Actions, action => action == "DeleteRepoTag");
    }

    /// <summary>The messages that -Verbose shows must not replace the result.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Returns_result_if_stopped_after_reply(bool isVerbose)
    {
        var successes = 0;
        using var stop = new CancellationTokenSource();

        var result = await Direct(() => { if (++successes == 2) stop.Cancel(); }, isVerbose).MakeAsync(stop.Token);

        Assert.Equal("Removed", result!.Result);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reports_unknown_result_if_stopped_before_reply(bool isVerbose)
    {
        using var stop = new CancellationTokenSource();
        _registry.Hold = async (request, token) =>
        {
            if (request.Action != "DeleteRepoTag") return;
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
        };

        var failure = await Assert.ThrowsAsync<CrApiException>(() => Direct(() => { }, isVerbose).MakeAsync(stop.Token));

        Assert.True(failure.IsOutcomeUnknown);
        Assert.Contains("The command was stopped.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_unknown_result_if_stopped_during_lookup_after_lost_reply()
    {
        using var stop = new CancellationTokenSource();
        _registry.Hold = async (request, token) =>
        {
            if (request.Action != "GetRepoTag" || Deletes == 0) return;
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
        };
        Delete(_ => FakeRegistry.Reply(HttpStatusCode.OK, ""));

        var failure = await Assert.ThrowsAsync<CrApiException>(() => Direct(() => { }, isVerbose: true).MakeAsync(stop.Token));

        Assert.True(failure.IsOutcomeUnknown);
        Assert.EndsWith("It is not known whether the change was made.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_no_delete_if_stopped_after_check()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Direct(stop.Cancel, isVerbose: false).MakeAsync(stop.Token));

        Assert.Equal(["GetRepoTag"], Actions);
    }

    [Fact]
    public void Attempts_one_of_two_removals_of_one_tag()
    {
        using var work = new OrderedJobQueue<string>(2, CancellationToken.None);
        var connection = Run.Connect(_registry);
        var order = new ChangeOrder();
        foreach (var repository in new[] { Name, FakeRegistry.RepoId }) work.Add(repository, connection.Change(FakeRegistry.Endpoint, Removal("v1", null, repository), order));

        var (result, failure) = Read(work);

        Assert.Equal(("Failed", CrErrorCode.ChangedTwice), (result!.Result, Assert.IsType<CrApiException>(failure).Code));
        Assert.Equal(1, Deletes);
    }

    /// <summary>Replaces the replies to DeleteRepoTag, by their number.</summary>
    private void Delete(Func<int, HttpResponseMessage?> reply) => Reply("DeleteRepoTag", reply);

    private void Reply(string operation, Func<int, HttpResponseMessage?> reply) =>
        _registry.Change = (request, _) => request.Action == operation ? reply(_registry.Requests.Count(one => one.Action == operation)) : null;

    /// <summary>Changes the replies to GetRepoTag.</summary>
    private void Check(Action<SeenRequest, JsonObject> change) => _registry.Change = (request, body) =>
    {
        if (request.Action == "GetRepoTag") change(request, body);
        return null;
    };

    private (RemovedTag? Result, Exception? Failure) Make() => Make(new ListedTag(s_digest, null));

    private (RemovedTag? Result, Exception? Failure) Make(ListedTag? listed, string repository = FakeRegistry.RepoId, CrConnection? connection = null)
    {
        using var work = new OrderedJobQueue<string>(1, CancellationToken.None);
        work.Add("removal", (connection ?? Run.Connect(_registry)).Change(FakeRegistry.Endpoint, Removal("v1", listed, repository), new ChangeOrder()));
        return Read(work);
    }

    private static (RemovedTag? Result, Exception? Failure) Read(OrderedJobQueue<string> work)
    {
        (RemovedTag? Result, Exception? Failure) outcome = default;
        while (work.Take(wait: true) is { } next)
        {
            if (next.Message is RowFound<RemovedTag> found) outcome.Result = found.Row;
            outcome.Failure ??= next.Failure;
        }

        return outcome;
    }

    private static TagRemoval Removal(string tag, ListedTag? listed, string repository = FakeRegistry.RepoId)
    {
        Assert.True(RepositoryReference.TryParse(repository, out var reference));
        return new TagRemoval(new RepositoryScope(new InstanceScope(FakeRegistry.InstanceId, "cn-test"), reference), tag, listed);
    }

    /// <summary>Returns a removal without a queue, which can be stopped at a certain request.</summary>
    private DirectRemoval Direct(Action succeeded, bool isVerbose)
    {
        var context = new JobContext(Channel.CreateUnbounded<JobMessage>().Writer, new SemaphoreSlim(1), 1, succeeded)
        {
            ShowsSignedRequests = isVerbose,
            ShowsCompletedRequests = isVerbose,
        };
        var credentials = new Client.Credentials.ExplicitCredentialProvider(Run.Credential);
        var http = new HttpExchange(FakeRegistry.Endpoint, new CrConnectionOptions { MessageHandler = _registry, ConnectionTimeout = TimeSpan.FromSeconds(30) });
        var transport = new ApiTransport(FakeRegistry.Endpoint, http, credentials, new Acs3Signer(), new RetryPolicy(new TestClock()), context);
        return new DirectRemoval(Removal("v1", new ListedTag(s_digest, null)), new ApiSession(transport, FakeRegistry.Endpoint, credentials, []));
    }

    private sealed record DirectRemoval(TagRemoval Removal, ApiSession Session)
    {
        public Task<RemovedTag?> MakeAsync(CancellationToken cancellationToken) => Removal.MakeAsync(Session, cancellationToken);
    }
}
