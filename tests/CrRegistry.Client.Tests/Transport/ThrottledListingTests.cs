using System.Diagnostics;
using System.Globalization;
using System.Net;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Requests;
using Xunit.Abstractions;

namespace CrRegistry.Client.Tests.Transport;

/// <summary>Complete lists from a service that throttles.</summary>
public sealed class ThrottledListingTests(ITestOutputHelper output)
{
    private const double Rate = 20;

    /// <summary>In real time, over real connections. The figures are printed. Only values that do not depend on the load of the computer are asserted.</summary>
    [Theory]
    [InlineData("window")]
    [InlineData("bucket of 20")]
    [InlineData("bucket of 5")]
    public async Task Reads_6000_tags_with_less_than_half_rejected(string rule)
    {
        var registry = FakeRegistry.WithTags(6000);
        var log = new ThrottleLog(ThrottledService.Of(rule, Rate));
        registry.Change = (_, _) => log.Answer();
        await using var service = await LoopbackService.StartAsync(registry);
        var connection = new CrConnection(new CrConnectionOptions { Credential = Run.Credential, RetryPolicy = new RetryPolicy(TimeProvider.System) });
        var clock = Stopwatch.StartNew();

        var run = await Task.Run(() => Run.Of(connection, Run.Query(RowRange.Range(0, null, 100)), endpoint: service.Endpoint));

        var allowed = log.Passed / clock.Elapsed.TotalSeconds / Rate;
        output.WriteLine($"{rule,-12}: {log.Passed} passed and {log.Rejected} were rejected in {clock.Elapsed.TotalSeconds:0.0} s: {allowed:P0} of the rate; {log.InsideGate} started inside a gate");
        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        Assert.InRange(log.Rejected, 1, log.Passed - 1);
        Assert.Equal(log.Rejected, run.Retries.Count);
    }

    [Fact]
    public async Task Pipelines_of_one_key_wait_for_time_of_service()
    {
        var registry = FakeRegistry.WithTags(1);
        var reject = true;
        registry.Change = (_, _) => reject ? ThrottleLog.Rejection(TimeSpan.FromSeconds(30)) : null;
        var clock = new TestClock(skips: false);
        using var resilient = new SharedResilience(registry, clock);
        var one = resilient.List();
        await clock.Waiting;
        reject = false;

        var other = resilient.List();
        clock.Move(TimeSpan.FromSeconds(29));
        Assert.Single(registry.Requests);
        clock.Move(TimeSpan.FromSeconds(1));

        var pages = await Task.WhenAll(one, other).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(["v0", "v0"], pages.Select(page => page.Rows.Single().Tag));
    }

    private sealed class SharedResilience(FakeRegistry registry, TestClock clock) : IDisposable
    {
        private readonly RetryPolicy _resilience = new(clock);
        private readonly CancellationTokenSource _stop = new();

        /// <summary>Starts a separate pipeline, and returns when it has its first page.</summary>
        public Task<Page<ImageTag>> List()
        {
            var work = new OrderedJobQueue<string>(1, _stop.Token);
            work.Add("x", new CrConnection(new CrConnectionOptions { Credential = Run.Credential, MessageHandler = registry, RetryPolicy = _resilience })
                .ListTags(FakeRegistry.Endpoint, Run.Query(Run.All)));
            return Task.Run(() =>
            {
                while (true)
                {
                    if (work.Take(wait: true)!.Value.Message is Page<ImageTag> page) return page;
                }
            });
        }

        public void Dispose() => _stop.Cancel();
    }

    /// <summary>The requests that the service received.</summary>
    private sealed class ThrottleLog(ThrottledService service)
    {
        /// <summary>A request may have been in flight when the rejection was sent.</summary>
        private static readonly TimeSpan s_underWay = TimeSpan.FromMilliseconds(25);

        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly List<(TimeSpan From, TimeSpan To)> _gates = [];

        public int Passed { get; private set; }

        public int Rejected { get; private set; }

        public int InsideGate { get; private set; }

        public static HttpResponseMessage Rejection(TimeSpan retryAfter)
        {
            var reply = FakeRegistry.Reject(HttpStatusCode.BadRequest, "Throttling.User");
            reply.Headers.TryAddWithoutValidation("x-acs-retry-after", Math.Ceiling(retryAfter.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
            return reply;
        }

        public HttpResponseMessage? Answer()
        {
            lock (_gates)
            {
                var now = _clock.Elapsed;
                if (_gates.Exists(gate => now > gate.From && now < gate.To)) InsideGate++;
                if (service.Ask(now) is not { } wait)
                {
                    Passed++;
                    return null;
                }

                Rejected++;
                _gates.Add((now + s_underWay, now + wait));
                return Rejection(wait);
            }
        }
    }
}
