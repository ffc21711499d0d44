using System.Net;
using CrRegistry.Emulator.Faults;

namespace CrRegistry.Emulator.Tests;

/// <summary>The effects of faults, and the hook that chooses them.</summary>
public sealed class FaultEffectTests : IAsyncLifetime
{
    private EmulatorServer _server = null!;
    private SignedCaller _caller = null!;

    public async Task InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 250 });
        _caller = new SignedCaller(_server) { Nonce = "once" };
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData(FaultKind.Throttling, false)]
    [InlineData(FaultKind.TooManyRequests, false)]
    [InlineData(FaultKind.ServiceUnavailable, false)]
    [InlineData(FaultKind.BadGateway, false)]
    [InlineData(FaultKind.Portal, false)]
    [InlineData(FaultKind.Redirect, false)]
    [InlineData(FaultKind.SystemError, true)]
    [InlineData(FaultKind.Reset, true)]
    [InlineData(FaultKind.CutBody, true)]
    [InlineData(FaultKind.CutText, true)]
    public async Task Uses_nonce_of_checked_call(FaultKind kind, bool used)
    {
        Give(kind);
        await TryAsync(HttpMethod.Get, "ListInstance");
        _server.OnCall = null;

        Answer again = await _caller.CallAsync("ListInstance");

        Assert.Equal(used ? "SignatureNonceUsed" : "success", again.Code);
    }

    [Theory]
    [InlineData(FaultKind.Throttling, false)]
    [InlineData(FaultKind.SystemError, false)]
    [InlineData(FaultKind.Portal, false)]
    [InlineData(FaultKind.Reset, true)]
    [InlineData(FaultKind.CutBody, true)]
    public async Task Executes_call_of_lost_reply(FaultKind kind, bool done)
    {
        Give(kind);

        await TryAsync(HttpMethod.Post, "DeleteRepoTag", ("Tag", "v7"));

        Assert.Equal(done, _server.Registry.Repositories[0].Find("v7") is null);
    }

    [Fact]
    public async Task Reports_invalid_signature_before_fault_behind_gateway()
    {
        Give(FaultKind.SystemError);
        var caller = new SignedCaller(_server) { AccessKeySecret = "wrong" };

        (await caller.ListRepoTagAsync()).ShouldBe(HttpStatusCode.BadRequest, "SignatureDoesNotMatch");
    }

    [Fact]
    public async Task Hook_receives_call_and_chooses_fault()
    {
        _server.OnCall = (call, _) => Task.FromResult(call is { Action: "ListRepoTag" } && call.Parameters["PageNo"] == "2" ? new Fault(FaultKind.ServiceUnavailable) : null);
        var caller = new SignedCaller(_server);

        (await caller.ListRepoTagAsync(("PageNo", "1"))).ShouldBe(HttpStatusCode.OK, "success");
        (await caller.ListRepoTagAsync(("PageNo", "2"))).ShouldBe(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable");
        Assert.Equal([null, FaultKind.ServiceUnavailable], _server.Requests.Select(request => request.Fault));
    }

    [Fact]
    public async Task Call_waits_for_hook_and_hook_is_canceled_with_caller()
    {
        var came = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        _server.OnCall = async (_, cancellationToken) =>
        {
            await using var registration = cancellationToken.Register(gone.SetResult);
            came.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        };
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var stop = new CancellationTokenSource();
        Task<HttpResponseMessage> held = http.SendAsync(_caller.V3(HttpMethod.Get, "ListInstance", []), stop.Token);
        await came.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(held.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(_server.Requests);
    }

    private void Give(FaultKind kind) => _server.OnCall = (_, _) => Task.FromResult<Fault?>(new Fault(kind));

    // A separate client, because a client with an open connection retries a GET after a reset.
    private async Task TryAsync(HttpMethod method, string action, params (string, string)[] parameters)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        try
        {
            using HttpResponseMessage response = await http.SendAsync(_caller.V3(method, action, [("InstanceId", _server.InstanceId), ("RepoId", _server.RepoId), .. parameters]));
        }
        catch (HttpRequestException)
        {
            // The purpose of some of the faults.
        }

        Assert.NotNull(Assert.Single(_server.Requests).Fault);
    }
}
