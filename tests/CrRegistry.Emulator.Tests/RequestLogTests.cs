using System.Diagnostics;
using CrRegistry.Emulator.Requests;

namespace CrRegistry.Emulator.Tests;

public sealed class RequestLogTests
{
    [Fact]
    public async Task Logs_each_request_with_reply()
    {
        var clock = new MovableClock();
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { TimeProvider = clock });
        var caller = new SignedCaller(server) { Date = clock.Now };

        await caller.CallAsync("GetInstance", ("InstanceId", "cri-none"));
        await SignedCaller.SendAsync(caller.Rpc(HttpMethod.Post, "ListInstance", [("PageNo", "1")], inBody: true, format: "XML"));

        Assert.Collection(
            server.Requests,
            one => Assert.Equal(("GetInstance", "cri-none", clock.Now, ReplyFormat.Json, 404, "INSTANCE_NOT_EXIST"), (one.Action, one.Parameters["InstanceId"], one.ReceivedAt, one.Format, one.HttpStatus, one.Code)),
            one => Assert.Equal(("ListInstance", "1", clock.Now, ReplyFormat.Xml, 200, "success"), (one.Action, one.Parameters["PageNo"], one.ReceivedAt, one.Format, one.HttpStatus, one.Code)));
        server.ClearRequests();
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Does_not_return_or_log_secrets()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions());
        var good = new SignedCaller(server);
        var wrong = new SignedCaller(server) { AccessKeySecret = "wrong-secret" };
        List<Answer> answers = [];
        foreach (SignedCaller caller in new[] { good, wrong })
        {
            answers.Add(await SignedCaller.SendAsync(caller.V3(HttpMethod.Get, "ListInstance", [])));
            answers.Add(await SignedCaller.SendAsync(caller.Rpc(HttpMethod.Get, "ListInstance", [("SecurityToken", "token")])));
        }

        string noted = string.Join('\n', server.Requests.Select(one => $"{one} {string.Join(' ', one.Parameters)}"));
        Assert.Equal(4, server.Requests.Count);
        Assert.All(answers, answer => Assert.DoesNotContain(server.AccessKeySecret, answer.Body, StringComparison.Ordinal));
        Assert.DoesNotContain(server.AccessKeySecret, noted, StringComparison.Ordinal);
        Assert.All(server.Requests, one => Assert.Empty(one.Parameters));
    }

    [Fact]
    public async Task Generates_keys_at_each_start_unless_specified()
    {
        await using EmulatorServer one = await EmulatorServer.StartAsync(new EmulatorOptions());
        await using EmulatorServer two = await EmulatorServer.StartAsync(new EmulatorOptions());
        await using EmulatorServer chosen = await EmulatorServer.StartAsync(new EmulatorOptions { AccessKeyId = "id", AccessKeySecret = "secret" });

        Assert.NotEqual(one.AccessKeyId, two.AccessKeyId);
        Assert.NotEqual(one.AccessKeySecret, two.AccessKeySecret);
        Assert.Equal(("id", "secret"), (chosen.AccessKeyId, chosen.AccessKeySecret));
        Assert.True(one.Address.IsLoopback);
    }

    [Fact]
    public async Task Delays_each_reply_independently()
    {
        await using EmulatorServer server = await EmulatorServer.StartAsync(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(400) });
        var caller = new SignedCaller(server);

        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => caller.ListRepoTagAsync()));

        Assert.InRange(watch.ElapsedMilliseconds, 395, 3000);
    }
}
