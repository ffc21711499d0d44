using System.Net;
using System.Net.Sockets;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Transport;

public sealed class TransportTests
{
    [Fact]
    public void Reports_host_and_cause_without_connection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var failure = Assert.IsType<CrApiException>(Run.Of(Run.Connect(null), Run.Query(Run.All), endpoint: new Uri($"http://127.0.0.1:{port}")).Failure);

        Assert.Equal(CrErrorCode.ConnectionFailed, failure.Code);
        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("refused", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Reports_each_request_with_page_and_RequestId()
    {
        var run = Run.Of(FakeRegistry.WithTags(101), Run.All);

        Assert.Equal(["1", "2", "1", "2"], run.Requests.Select(request => request.Parameters["PageNo"]));
        Assert.All(run.Requests, request => Assert.Equal(200, request.HttpStatus));
    }

    [Fact]
    public void Does_not_dispose_specified_handler()
    {
        var registry = FakeRegistry.WithTags(1);

        Run.Of(registry, Run.All);
        var again = Run.Of(registry, Run.All);

        Assert.Null(again.Failure);
    }

    [Fact]
    public async Task Cancellation_ends_held_request()
    {
        var registry = FakeRegistry.WithTags(1);
        var held = new TaskCompletionSource();
        registry.Hold = async (_, token) =>
        {
            held.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        };
        using var stop = new CancellationTokenSource();
        using var work = new OrderedJobQueue<string>(1, stop.Token);
        work.Add("x", Run.Connect(registry).ListTags(FakeRegistry.Endpoint, Run.Query(Run.All)));
        var taking = Task.Run(() => work.Take(wait: true), CancellationToken.None);
        await held.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
    }
}
