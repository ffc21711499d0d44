using System.Net;
using System.Text.Json.Nodes;
using CrRegistry.Emulator.Faults;

namespace CrRegistry.Emulator.Tests;

public sealed class MisbehaviorTests
{
    private readonly MovableClock _clock = new();

    [Fact]
    public async Task Throttles_requests_above_rate_until_end_of_second()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { RequestsPerSecond = 2, TimeProvider = _clock });

        Assert.Null(await WaitOfAsync(server));
        Assert.Null(await WaitOfAsync(server));
        Assert.Equal("1000", await WaitOfAsync(server));
        _clock.Now = _clock.Now.AddMilliseconds(999.5);
        Assert.Equal("1", await WaitOfAsync(server));
        _clock.Now = _clock.Now.AddMilliseconds(0.5);
        Assert.Null(await WaitOfAsync(server));
        Assert.Null(await WaitOfAsync(server));
        Assert.Equal("1000", await WaitOfAsync(server));
        Assert.Equal(
            [null, null, FaultKind.Throttling, FaultKind.Throttling, null, null, FaultKind.Throttling],
            server.Requests.Select(request => request.Fault));
    }

    [Fact]
    public async Task Logs_time_of_each_request()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { RequestsPerSecond = 1, TimeProvider = _clock });
        DateTimeOffset start = _clock.Now;

        await WaitOfAsync(server);
        _clock.Now = start.AddMilliseconds(300);
        await WaitOfAsync(server);

        Assert.Equal([start, start.AddMilliseconds(300)], server.Requests.Select(request => request.ReceivedAt));
    }

    [Fact]
    public async Task First_attempts_of_each_page_fail_in_order()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions
        {
            TagCount = 31,
            FirstTries = [new(FaultKind.Throttling), new(FaultKind.ServiceUnavailable)],
        });
        var caller = new SignedCaller(server);
        List<string> codes = [];

        foreach (string pageNo in new[] { "1", "1", "2", "1", "1", "2", "2" })
            codes.Add((await caller.ListRepoTagAsync(("PageNo", pageNo))).Code);

        Assert.Equal(["Throttling.User", "ServiceUnavailable", "Throttling.User", "success", "Throttling.User", "ServiceUnavailable", "success"], codes);
    }

    [Fact]
    public async Task Changes_TotalCount_only_in_lists_of_tags()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 5, TotalOffset = 7 });
        await using EmulatorServer low = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 5, TotalOffset = -7 });

        Assert.Equal("12", (string)(await new SignedCaller(server).ListRepoTagAsync()).Json["TotalCount"]!);
        Assert.Equal("0", (string)(await new SignedCaller(low).ListRepoTagAsync()).Json["TotalCount"]!);
        Assert.Equal(1, (int)(await new SignedCaller(server).CallAsync("ListInstance")).Json["TotalCount"]!);
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData("100", 30)]
    [InlineData("31", 30)]
    [InlineData("7", 7)]
    public async Task Reduces_PageSize_to_largest(string? asked, int size)
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 250, LargestPageSize = 30 });

        Answer answer = await new SignedCaller(server).ListRepoTagAsync(("PageNo", "2"), ("PageSize", asked ?? ""));

        Assert.Equal(size, (int)answer.Json["PageSize"]!);
        Assert.Equal(Enumerable.Range(size, size).Select(number => $"v{number}"), answer.Tags);
    }

    [Fact]
    public async Task Rejects_invalid_PageSize()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { LargestPageSize = 30 });

        (await new SignedCaller(server).ListRepoTagAsync(("PageSize", "101"))).ShouldBe(HttpStatusCode.BadRequest, "InvalidPageSize");
    }

    [Fact]
    public async Task Churn_is_the_same_for_the_same_seed()
    {
        string[] one = await ChurnAsync(seed: 1);
        string[] again = await ChurnAsync(seed: 1);
        string[] other = await ChurnAsync(seed: 2);

        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
        Assert.Contains(one, tag => tag.StartsWith("pushed-", StringComparison.Ordinal));
        Assert.NotEmpty(Enumerable.Range(0, 50).Select(number => $"v{number}").Except(one));
    }

    [Fact]
    public async Task Pushed_tag_is_newest()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 0, Churn = 1, TimeProvider = _clock });
        var caller = new SignedCaller(server) { Date = _clock.Now };
        _clock.Now = _clock.Now.AddSeconds(1);

        // The repository has no tag to delete.
        Assert.Empty((await caller.ListRepoTagAsync()).Tags);
        JsonNode pushed = (await caller.ListRepoTagAsync()).Json["Images"]![0]!;

        Assert.Equal(("pushed-0", $"{_clock.Now.ToUnixTimeMilliseconds()}"), ((string)pushed["Tag"]!, (string)pushed["ImageUpdate"]!));
    }

    private async Task<string?> WaitOfAsync(EmulatorServer server)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using HttpResponseMessage response = await http.SendAsync(new SignedCaller(server) { Date = _clock.Now }.V3(HttpMethod.Get, "ListInstance", []));
        return response.Headers.TryGetValues("x-acs-retry-after", out IEnumerable<string>? values) ? values.Single() : null;
    }

    private static async Task<string[]> ChurnAsync(int seed)
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 50, Churn = 0.5, RandomSeed = seed });
        var caller = new SignedCaller(server);
        for (int i = 0; i < 20; i++)
            await caller.ListRepoTagAsync();
        return (await caller.ListRepoTagAsync(("PageSize", "100"))).Tags;
    }
}
