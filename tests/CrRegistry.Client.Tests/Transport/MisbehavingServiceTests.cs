using System.Text.Json.Nodes;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Emulator;
using CrRegistry.Emulator.Faults;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Transport;

/// <summary>The client, over real connections, with a misbehaving service.</summary>
public sealed class MisbehavingServiceTests
{
    private const int TagCount = 250;

    [Theory]
    [InlineData(30)]
    [InlineData(7)]
    [InlineData(1)]
    public async Task List_is_complete_with_small_pages(int largestPageSize)
    {
        await using EmulatorServer server = await StartAsync(largestPageSize: largestPageSize);

        Run run = List(server);

        Assert.Null(run.Failure);
        Assert.Equal(Enumerable.Range(0, TagCount).Select(number => $"v{number}"), run.Names);
        Assert.All(run.Tags, tag => Assert.Equal(ListingState.Whole, tag.Origin!.State));
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.Throttling)]
    [InlineData(FaultKind.SystemError)]
    [InlineData(FaultKind.ServiceUnavailable)]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.CutBody)]
    [InlineData(FaultKind.CutText)]
    [InlineData(FaultKind.TooManyRequests, FaultKind.Throttling, FaultKind.SystemError, FaultKind.ServiceUnavailable, FaultKind.Reset, FaultKind.CutBody)]
    public async Task List_is_complete_after_faults_in_first_attempts(params FaultKind[] faults)
    {
        await using EmulatorServer server = await StartAsync(firstTries: faults);

        Run run = List(server);

        Assert.Null(run.Failure);
        Assert.Equal(Enumerable.Range(0, TagCount).Select(number => $"v{number}"), run.Names);
        // Pages 1 to 3, and both ends once more.
        Assert.Equal(5 * faults.Length, run.Retries.Count);
    }

    [Fact]
    public async Task Too_high_TotalCount_is_IncompleteListing()
    {
        await using EmulatorServer server = await StartAsync(totalOffset: 7);

        ShouldBeIncomplete(List(server), TagCount, TagCount + 7);
    }

    /// <summary>They are on other pages if the page size is another one.</summary>
    [Fact]
    public async Task Finds_rows_that_a_page_always_lacks()
    {
        await using EmulatorServer server = await StartAsync();
        Change(server, "2", body => body["Images"]!.AsArray().RemoveRange(0, 7));

        Run run = List(server);

        Assert.Null(run.Failure);
        Assert.Equal(TagCount, run.Names.Distinct().Count());
    }

    [Fact]
    public async Task First_page_without_Images_is_InvalidResult()
    {
        await using EmulatorServer server = await StartAsync();
        Change(server, "1", body => body.Remove("Images"));

        Run run = List(server);

        Assert.Empty(run.Tags);
        Assert.Equal(CrErrorCode.InvalidResult, Assert.IsType<CrApiException>(run.Failure).Code);
    }

    [Fact]
    public async Task Later_page_without_Images_is_IncompleteListing()
    {
        await using EmulatorServer server = await StartAsync();
        Change(server, "3", body => body.Remove("Images"));

        Run run = List(server);

        var failure = Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal(CrErrorCode.InvalidResult, Assert.IsType<CrApiException>(failure.InnerException).Code);
        Assert.All(run.Tags, tag => Assert.Equal(ListingState.Failed, tag.Origin!.State));
    }

    [Fact]
    public async Task Reports_failure_with_status_200()
    {
        await using EmulatorServer server = await StartAsync();
        Change(server, "1", body => (body["IsSuccess"], body["Code"]) = (false, "REPO_NOT_EXIST"));

        Run run = List(server);

        Assert.Equal(("REPO_NOT_EXIST", 200), (Assert.IsType<CrApiException>(run.Failure).Code, ((CrApiException)run.Failure).HttpStatus));
    }

    [Theory]
    [InlineData(FaultKind.Portal)]
    [InlineData(FaultKind.Redirect)]
    public async Task Reports_foreign_reply_and_does_not_follow_redirect(FaultKind fault)
    {
        await using EmulatorServer server = await StartAsync();
        server.OnCall = (_, _) => Task.FromResult<Fault?>(new Fault(fault));

        Run run = List(server);

        Assert.Empty(run.Tags);
        var failure = Assert.IsType<CrApiException>(run.Failure);
        Assert.NotEqual(CrErrorCode.ConnectionFailed, failure.Code);
        Assert.Equal(fault, Assert.Single(server.Requests).Fault);
    }

    [Fact]
    public async Task Cancellation_ends_held_requests()
    {
        await using EmulatorServer server = await StartAsync();
        var came = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        server.OnCall = async (call, cancellationToken) =>
        {
            // The first page is sent. All others are held.
            if (call.Parameters["PageNo"] == "1")
                return null;
            await using var registration = cancellationToken.Register(() => gone.TrySetResult());
            came.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        };
        using var stop = new CancellationTokenSource();
        using var work = new OrderedJobQueue<string>(10, stop.Token);
        work.Add("x", Connection().ListTags(server.Address, Query(server)));
        Task taking = Task.Run(
            () =>
            {
                while (work.Take(wait: true) is not null)
                {
                }
            },
            CancellationToken.None);
        await came.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("1", Assert.Single(server.Requests).Parameters["PageNo"]);
    }

    private static Task<EmulatorServer> StartAsync(int totalOffset = 0, int largestPageSize = 100, params FaultKind[] firstTries) => EmulatorServer.StartAsync(new EmulatorOptions
    {
        TagCount = TagCount,
        TotalOffset = totalOffset,
        LargestPageSize = largestPageSize,
        FirstTries = [.. firstTries.Select(kind => new Fault(kind, kind == FaultKind.Throttling ? TimeSpan.FromMilliseconds(300) : null))],
        AccessKeyId = Run.Credential.AccessKeyId,
        AccessKeySecret = Run.Credential.AccessKeySecret,
    });

    private static void Change(EmulatorServer server, string pageNo, Action<JsonObject> change) => server.OnReply = (call, body, _) =>
    {
        if (call.Parameters["PageNo"] == pageNo)
            change(body);
        return Task.CompletedTask;
    };

    private static CrConnection Connection() => new(new CrConnectionOptions { Credential = Run.Credential });

    private static TagQuery Query(EmulatorServer server) => Run.Query(Run.All, server.RepoId) with { InstanceId = server.InstanceId };

    private static Run List(EmulatorServer server) => Run.Of(Connection(), Query(server), endpoint: server.Address);

    private static void ShouldBeIncomplete(Run run, long rows, long total)
    {
        var failure = Assert.IsType<IncompleteListingException>(run.Failure);
        Assert.Equal((CrErrorCode.IncompleteListing, rows, total), (failure.Code, failure.RowsReceived, failure.TotalCount));
        Assert.All(run.Tags, tag => Assert.Equal(ListingState.Failed, tag.Origin!.State));
    }
}
