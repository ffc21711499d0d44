using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using CrRegistry.Client.Credentials;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Transport;

/// <summary>Ctrl+C ends a call in each waiting state. No request is left in flight, and the connection can still be used.</summary>
public sealed class CancellationTests
{
    private const string Whole = """{"Code":"success","IsSuccess":true,"TotalCount":"1","PageSize":100,"Images":[{"Tag":"v0"}]}""";

    /// <summary>The longest time that a test waits for an expected event before it fails.</summary>
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Cancels_during_connect()
    {
        var (reached, ended) = (NewSignal(), NewSignal());
        using var handler = new StubHandler(async token =>
        {
            reached.TrySetResult();
            await HoldAsync(ended, token);
        });

        await StopAsync(Run.Connect(handler), reached.Task);

        await ended.Task.WaitAsync(s_guard);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"Code\":")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"C\r\n")]
    public async Task Cancels_during_reply(string begun)
    {
        var (reached, ended) = (NewSignal(), NewSignal());
        var held = 0;
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            if (Interlocked.Increment(ref held) > 1)
            {
                await connection.ReplyAsync("200 OK", Whole);
                return;
            }

            await connection.WriteAsync(begun);
            reached.TrySetResult();
            await connection.ClosedAsync();
            ended.TrySetResult();
        });
        var connection = Run.Connect(null);

        await StopAsync(connection, reached.Task, server.Endpoint);

        await ended.Task.WaitAsync(s_guard);
        Assert.Equal(["v0"], Run.Of(connection, Run.Query(Run.All), endpoint: server.Endpoint).Names);
    }

    /// <summary>The connection would be used by another request while the stream reads from it, and replies would come to other requests.</summary>
    [Fact]
    public async Task Canceled_reply_is_closed_after_its_stream_has_been_read()
    {
        var stream = new HeldStream();
        using var handler = new ReplyHandler(() => new HttpResponseMessage { Content = new StreamContent(stream) });
        var http = new HttpExchange(FakeRegistry.Endpoint, new CrConnectionOptions { MessageHandler = handler });
        using var stop = new CancellationTokenSource();
        var call = http.SendAsync("ListRepoTag", new HttpRequestMessage(HttpMethod.Get, FakeRegistry.Endpoint), stop.Token);
        await stream.Reached.Task.WaitAsync(s_guard);

        await stop.CancelAsync();
        var closedBefore = stream.IsClosed;
        stream.End.TrySetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(s_guard));

        Assert.False(closedBefore);
        Assert.True(stream.IsClosed);
    }

    /// <summary>Of four requests at a time, three are canceled while replies are read. The reply to the other one contains its own path.</summary>
    [Fact]
    public async Task Canceled_replies_do_not_reach_other_requests()
    {
        const int replies = 3000;
        var parts = 0;
        using var server = new RawServer(async connection =>
        {
            while ((await connection.ReadHeadAsync()).Split(' ') is [_, var path, ..])
            {
                var body = string.Concat(Enumerable.Repeat(path, 1 + (20_000 / path.Length)));
                await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n");
                for (var sent = 0; sent < body.Length; Interlocked.Increment(ref parts))
                {
                    var part = Math.Min(body.Length - sent, Random.Shared.Next(1, 9000));
                    await connection.WriteAsync(body.Substring(sent, part));
                    sent += part;
                }
            }
        });
        var http = new HttpExchange(server.Endpoint, new CrConnectionOptions { ConnectionTimeout = s_guard, OperationTimeout = s_guard });
        var last = 0;

        await Task.WhenAll(Enumerable.Range(0, 32).Select(seed => Task.Run(() => SendFourAsync(new Random(seed)))));

        async Task SendFourAsync(Random random)
        {
            while (Volatile.Read(ref last) < replies)
            {
                using var stop = new CancellationTokenSource();
                var kept = SendAsync(CancellationToken.None);
                var canceled = Enumerable.Range(0, 3).Select(_ => SendAsync(stop.Token)).ToArray();
                var end = Volatile.Read(ref parts) + random.Next(1, 150);
                for (var turn = 0; turn < 100_000 && Volatile.Read(ref parts) < end; turn++) await Task.Yield();
                await stop.CancelAsync();
                await kept;
                foreach (var reply in canceled)
                {
                    try
                    {
                        await reply;
                    }
                    catch (OperationCanceledException)
                    {
                        // As requested.
                    }
                }
            }
        }

        async Task SendAsync(CancellationToken token)
        {
            var path = "/" + Interlocked.Increment(ref last).ToString(CultureInfo.InvariantCulture);
            using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Endpoint, path));
            var reply = await http.SendAsync("ListRepoTag", message, token);
            var body = Encoding.ASCII.GetString(reply.Body.Array!, reply.Body.Offset, reply.Body.Count);
            Assert.Equal(string.Empty, body.Replace(path, string.Empty, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", null)]
    [InlineData(HttpStatusCode.BadRequest, "Throttling.User", "30000")]
    public async Task Cancels_during_wait_before_retry(HttpStatusCode status, string code, string? retryAfter)
    {
        var registry = FakeRegistry.WithTags(1);
        registry.Change = (_, _) =>
        {
            var reply = FakeRegistry.Reject(status, code);
            if (retryAfter is not null) reply.Headers.TryAddWithoutValidation("x-acs-retry-after", retryAfter);
            return reply;
        };
        var clock = new TestClock(skips: false);

        await StopAsync(Run.Connect(registry, clock), clock.Waiting);

        Assert.Single(registry.Requests);
    }

    [Theory]
    [InlineData("Message")]
    [InlineData("Code")]
    [InlineData("Recommend")]
    public async Task Cancels_during_search_of_large_error(string field)
    {
        var rejection = new System.Text.Json.Nodes.JsonObject { ["Code"] = "NoPermission", [field] = new string('a', 1_000_000) }.ToJsonString();
        var sent = NewSignal();
        var registry = FakeRegistry.WithTags(1);
        registry.Change = (_, _) =>
        {
            sent.TrySetResult();
            return FakeRegistry.Reply(HttpStatusCode.Forbidden, rejection);
        };
        var clock = new TestClock(skips: false);
        var resilience = new RetryPolicy(clock);
        var connection = new CrConnection(new CrConnectionOptions { Credential = Run.Credential, MessageHandler = registry, RetryPolicy = resilience });
        using var stop = new CancellationTokenSource();
        using var work = new OrderedJobQueue<string>(1, stop.Token);
        work.Add("x", connection.ListTags(FakeRegistry.Endpoint, Run.Query(Run.All)));
        await sent.Task.WaitAsync(s_guard);

        await stop.CancelAsync();

        // No request is in flight when the limiter has been idle for the time by which the clock was moved.
        var limiter = resilience.LimiterFor(FakeRegistry.Endpoint, Run.Credential.AccessKeyId);
        clock.Move(TimeSpan.FromMinutes(1));
        Assert.True(SpinWait.SpinUntil(() => limiter.IdleTime > TimeSpan.Zero || Ended(limiter), s_guard));

        bool Ended(RequestLimiter one)
        {
            clock.Move(TimeSpan.FromMilliseconds(1));
            return one.IdleTime > TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task Canceled_request_does_not_block_others()
    {
        var clock = new TestClock(skips: false);
        var limiter = new RequestLimiter(clock, () => 0);
        using (var rejected = await limiter.EnterAsync(CancellationToken.None)) rejected.Reject(TimeSpan.FromSeconds(30));
        using var stop = new CancellationTokenSource();
        var stopped = limiter.EnterAsync(stop.Token);
        var other = limiter.EnterAsync(CancellationToken.None);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        clock.Move(TimeSpan.FromSeconds(29));
        Assert.False(other.IsCompleted);
        clock.Move(TimeSpan.FromSeconds(1));

        using var place = await other.WaitAsync(s_guard);
    }

    [Fact]
    public async Task Request_canceled_at_admission_releases_its_place()
    {
        var clock = new TestClock(skips: false);
        var limiter = new RequestLimiter(clock, () => 0);
        using (var rejected = await limiter.EnterAsync(CancellationToken.None)) rejected.Reject(TimeSpan.FromSeconds(30));
        using var stop = new CancellationTokenSource();
        var stopped = limiter.EnterAsync(stop.Token);
        // The limiter has seen that the caller still waits, and now reads the time.
        clock.Asked = stop.Cancel;

        clock.Move(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.WaitAsync(s_guard));

        clock.Asked = null;
        clock.Move(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(1), limiter.IdleTime);
    }

    [Fact]
    public async Task Cancels_during_credential_lookup()
    {
        var source = new HeldSource();
        var provider = new RefreshingCredentialProvider(new CredentialChain(source), () => DateTimeOffset.UtcNow);
        var context = new JobContext(Channel.CreateUnbounded<JobMessage>().Writer, new SemaphoreSlim(1), 1, () => { });
        var http = new HttpExchange(FakeRegistry.Endpoint, new CrConnectionOptions { MessageHandler = FakeRegistry.WithTags(1) });
        var transport = new ApiTransport(FakeRegistry.Endpoint, http, provider, new Acs3Signer(), new RetryPolicy(new TestClock()), context);
        using var stop = new CancellationTokenSource();
        var call = transport.SendAsync(Operation.GetRepoTag, new Dictionary<string, string>(), reply => reply.HttpStatus, stop.Token);
        await source.Reached.Task.WaitAsync(s_guard);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(s_guard));
        await source.Ended.Task.WaitAsync(s_guard);
        using var slot = await context.EnterRequestAsync(CancellationToken.None);
    }

    private static async Task StopAsync(CrConnection connection, Task reached, Uri? endpoint = null)
    {
        using var stop = new CancellationTokenSource();
        using var work = new OrderedJobQueue<string>(1, stop.Token);
        work.Add("x", connection.ListTags(endpoint ?? FakeRegistry.Endpoint, Run.Query(Run.All)));
        var taking = Task.Run(
            () =>
            {
                while (work.Take(wait: true) is not null)
                {
                }
            },
            CancellationToken.None);
        await reached.WaitAsync(s_guard);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking.WaitAsync(s_guard));
    }

    private static async Task HoldAsync(TaskCompletionSource ended, CancellationToken token)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, token);
        }
        finally
        {
            ended.TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A stream that ends to read a while after the cancellation, as that of a connection does.</summary>
    private sealed class HeldStream : MemoryStream
    {
        private volatile bool _isClosed;

        public TaskCompletionSource Reached { get; } = NewSignal();

        public TaskCompletionSource End { get; } = NewSignal();

        public bool IsClosed => _isClosed;

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            await End.Task;
            cancellationToken.ThrowIfCancellationRequested();
            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            _isClosed = true;
            base.Dispose(disposing);
        }
    }

    private sealed class ReplyHandler(Func<HttpResponseMessage> reply) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(reply());
    }

    private sealed class StubHandler(Func<CancellationToken, Task> hold) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await hold(cancellationToken);
            return new HttpResponseMessage();
        }
    }

    /// <summary>Looks for a credential until it is canceled.</summary>
    private sealed class HeldSource : ICredentialSource
    {
        public TaskCompletionSource Reached { get; } = NewSignal();

        public TaskCompletionSource Ended { get; } = NewSignal();

        public async Task<CredentialResult> AskAsync(CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            await HoldAsync(Ended, cancellationToken);
            return CredentialResult.None("none");
        }

        public string? Offer(CancellationToken cancellationToken) => null;
    }
}
