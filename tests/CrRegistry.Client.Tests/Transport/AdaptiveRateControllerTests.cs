using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport.Retry;
using Xunit.Abstractions;

namespace CrRegistry.Client.Tests.Transport;

/// <summary>The adaptive rate controller, event by event in simulated time.</summary>
public sealed class AdaptiveRateControllerTests(ITestOutputHelper output)
{
    private const double Rate = 20;

    public static IEnumerable<object[]> Cases =>
        from rule in new[] { "window", "bucket of 20", "bucket of 5" }
        from withHeader in new[] { true, false }
        from roundTripMs in new[] { 2, 20, 100, 200 }
        from load in new (int UnderWay, int Requests)[] { (10, 61), (10, 1000), (64, 1000) }
        select new object[] { rule, roundTripMs, load.UnderWay, load.Requests, withHeader };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reads_throttled_list_at_allowed_rate_with_few_rejections(
        string rule, int roundTripMs, int underWay, int requests, bool withHeader)
    {
        var simulation = new ThrottlingSimulation(ThrottledService.Of(rule, Rate), TimeSpan.FromMilliseconds(roundTripMs), underWay, withHeader);

        simulation.Run(requests);

        var share = requests / simulation.Now.TotalSeconds / Rate;
        output.WriteLine($"{rule,-12} | {(withHeader ? "yes" : "no"),-3} | {roundTripMs,3} ms | {underWay,2} | {requests,4} | {share,4:P0} | {simulation.RejectedShare,3:P0}");
        Assert.Equal(0, simulation.StartedInsideGate);
        Assert.InRange(share, withHeader ? 0.7 : 0.6, double.MaxValue);
        Assert.InRange(simulation.RejectedShare, 0, 0.5);
    }

    /// <summary>Earlier successes allow some rejections without a further consequence, but no more time.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void Gives_up_after_two_minutes_without_a_success(int successes)
    {
        var controller = new AdaptiveRateController(() => 0.5);
        for (var number = 0; number < successes; number++) Request(TimeSpan.Zero, isRejected: false);

        var now = TimeSpan.FromSeconds(1);
        while (Request(now, isRejected: true) is { } wait) now += wait;

        Assert.Equal(121, now.TotalSeconds);

        TimeSpan? Request(TimeSpan at, bool isRejected)
        {
            var round = controller.Start(at);
            TimeSpan? wait = null;
            if (isRejected) wait = controller.Reject(round, at, TimeSpan.FromSeconds(20));
            else controller.Succeed(round);
            controller.End(at);
            return wait;
        }
    }

    public static IEnumerable<object?[]> RejectionsAtAnyRate =>
        from share in new[] { 0.01, 0.04, 0.10 }
        from header in new int?[] { null, 20 }
        from load in new (int RoundTripMs, int UnderWay, int Requests)[] { (10, 10, 100), (10, 10, 1000), (100, 10, 200), (100, 64, 1000) }
        select new object?[] { share, header, load.RoundTripMs, load.UnderWay, load.Requests };

    /// <summary>The time in the header is always respected, so that it is excluded from the comparison.</summary>
    [Theory]
    [MemberData(nameof(RejectionsAtAnyRate))]
    public void Rejections_independent_of_rate_do_not_slow_list(double share, int? headerMs, int roundTripMs, int underWay, int requests)
    {
        const int lists = 40;
        var withoutRejections = TimeOf(0, null).TotalSeconds;

        var eachNth = TimeOf(share, null).TotalSeconds;
        var random = Enumerable.Range(1, lists).Average(seed => TimeOf(share, seed).TotalSeconds);

        output.WriteLine($"{share,4:P0} | {headerMs?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no",3} | {roundTripMs,3} ms | {underWay,2} | {requests,4} | {withoutRejections,5:0.00} s | {eachNth,5:0.00} s | {random,5:0.00} s");
        Assert.InRange(eachNth, 0, 3 * withoutRejections);
        Assert.InRange(random, 0, 3 * withoutRejections);

        TimeSpan TimeOf(double rejected, int? seed)
        {
            var service = ThrottledService.Rejecting(rejected, TimeSpan.FromMilliseconds(headerMs ?? 0), seed);
            var simulation = new ThrottlingSimulation(service, TimeSpan.FromMilliseconds(roundTripMs), underWay, headerMs is not null);
            simulation.Run(requests);
            Assert.Equal(0, simulation.StartedInsideGate);
            return simulation.Now - simulation.TimeGated;
        }
    }

    public static IEnumerable<object?[]> Bursts =>
        from burst in new[] { 0.10, 0.25 }
        from header in new int?[] { null, 20, 100 }
        from load in new (int RoundTripMs, int UnderWay, int Requests)[] { (10, 10, 100), (10, 10, 1000), (100, 10, 100), (100, 64, 1000) }
        select new object?[] { burst, header, load.RoundTripMs, load.UnderWay, load.Requests };

    /// <summary>There is one controller for each endpoint and key, so that a list starts with the rate of earlier lists.</summary>
    [Theory]
    [MemberData(nameof(Bursts))]
    public void List_after_burst_of_rejections_is_hardly_slower(double burst, int? headerMs, int roundTripMs, int underWay, int requests)
    {
        const int runs = 40;
        var (withoutRejections, duringBurst, after) = (0.0, 0.0, 0.0);
        for (var seed = 1; seed <= runs; seed++)
        {
            var wait = TimeSpan.FromMilliseconds(headerMs ?? 0);
            var simulation = new ThrottlingSimulation(ThrottledService.Rejecting(0, wait, seed), TimeSpan.FromMilliseconds(roundTripMs), underWay, headerMs is not null, seed);
            withoutRejections += TimeOf(simulation, 0);
            duringBurst += TimeOf(simulation, burst);
            after += TimeOf(simulation, 0.04);
            Assert.Equal(0, simulation.StartedInsideGate);

            double TimeOf(ThrottlingSimulation ofLists, double share)
            {
                ofLists.Service = ThrottledService.Rejecting(share, wait, seed);
                var (start, gated) = (ofLists.Now, ofLists.TimeGated);
                ofLists.Run(requests);
                return (ofLists.Now - start - (ofLists.TimeGated - gated)).TotalSeconds / runs;
            }
        }

        output.WriteLine($"{burst,4:P0} | {headerMs?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no",3} | {roundTripMs,3} ms | {underWay,2} | {requests,4} | {withoutRejections,5:0.00} s | {duringBurst,6:0.00} s | {after,6:0.00} s");
        // A list of a tenth of a second ends before a second of successes has compensated for the burst.
        Assert.InRange(after, 0, Math.Max(3 * withoutRejections, 1.2));
    }

    [Theory]
    [InlineData("window", 50, 10)]
    [InlineData("window", 10, 10)]
    [InlineData("window", 50, 16)]
    [InlineData("window", 10, 16)]
    [InlineData("bucket of 20", 50, 10)]
    [InlineData("bucket of 20", 10, 10)]
    [InlineData("bucket of 20", 50, 16)]
    [InlineData("bucket of 20", 10, 16)]
    [InlineData("bucket of 5", 50, 10)]
    [InlineData("bucket of 5", 10, 10)]
    [InlineData("bucket of 5", 50, 16)]
    [InlineData("bucket of 5", 10, 16)]
    public void Reads_20000_tags_within_15_percent_of_limit(string rule, double rate, int underWay)
    {
        const int requests = 203;
        var simulation = new ThrottlingSimulation(ThrottledService.Of(rule, rate), TimeSpan.FromMilliseconds(100), underWay, withHeader: true);

        simulation.Run(requests);

        // A window accepts fifty immediately, and the next fifty only in the next second.
        var allowed = 0.1 + (rule switch
        {
            "window" => Math.Floor(requests / rate),
            "bucket of 20" => (requests - 20) / rate,
            _ => (requests - 5) / rate,
        });
        output.WriteLine($"{rule,-12} | {rate,2} | {underWay,2} | {simulation.Now.TotalSeconds / allowed:0.00}");
        Assert.InRange(simulation.Now.TotalSeconds / allowed, 0, 1.15);
    }

    [Fact]
    public void Rejection_halves_requests_in_flight_and_full_window_adds_one()
    {
        var law = new AdaptiveRateController(() => 0);
        var rounds = Enumerable.Range(0, 8).Select(_ => law.Start(At(0))).ToArray();
        foreach (var round in rounds) law.Reject(round, At(1), TimeSpan.FromSeconds(1));
        foreach (var _ in rounds) law.End(At(1));

        Assert.Equal(4, StartAll(law, At(2)));
        Succeed(law, 4, At(3));
        Assert.Equal(5, StartAll(law, At(3)));
        Succeed(law, 5, At(4));
        Assert.Equal(6, StartAll(law, At(4)));
    }

    [Fact]
    public void Waits_for_time_of_service_up_to_a_minute()
    {
        var law = new AdaptiveRateController(() => 0);

        var wait = law.Reject(law.Start(At(0)), At(1), TimeSpan.FromHours(1));
        law.End(At(1));

        Assert.Equal(TimeSpan.FromSeconds(60), wait);
        Assert.Equal(TimeSpan.FromTicks(1), law.TimeToStart(At(61) - TimeSpan.FromTicks(1)));
        Assert.Equal(TimeSpan.Zero, law.TimeToStart(At(61)));
    }

    [Fact]
    public void Waits_longer_after_each_rejection_without_time()
    {
        var law = new AdaptiveRateController(() => 1);
        var (now, waits) = (At(0), new List<double>());
        for (var rejection = 0; rejection < 8; rejection++)
        {
            var wait = law.Reject(law.Start(now), now, null)!.Value;
            law.End(now);
            waits.Add(wait.TotalSeconds);
            now += wait;
        }

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 20, 20], waits);
    }

    [Fact]
    public void Fails_after_two_minutes_without_success()
    {
        var law = new AdaptiveRateController(() => 0);

        Assert.NotNull(Reject(0));
        Assert.NotNull(Reject(119));
        Assert.Null(Reject(120));

        law.Succeed(law.Start(At(121)));
        law.End(At(121));
        Assert.NotNull(Reject(122));

        // There was no request for a long time, so that earlier rejections are not relevant.
        Assert.NotNull(Reject(122 + 3600));

        TimeSpan? Reject(double second)
        {
            var wait = law.Reject(law.Start(At(second)), At(second), TimeSpan.FromMilliseconds(1));
            law.End(At(second));
            return wait;
        }
    }

    [Fact]
    public void Idle_time_does_not_slow_next_requests()
    {
        var law = new AdaptiveRateController(() => 0);
        law.Reject(law.Start(At(0)), At(0), TimeSpan.FromMilliseconds(1));
        law.End(At(0));
        for (var request = 0; request < 10; request++)
        {
            law.Succeed(law.Start(At(3600 + request)));
            law.End(At(3600 + request + 1));
        }

        law.Reject(law.Start(At(3610)), At(3610), TimeSpan.FromMilliseconds(1));
        law.End(At(3610));
        law.Start(At(3611));

        // Ten requests were sent in ten seconds, not in an hour.
        Assert.InRange(law.TimeToStart(At(3611))?.TotalSeconds ?? 1, 0, 1.01);
    }

    private static TimeSpan At(double second) => TimeSpan.FromSeconds(second);

    private static int StartAll(AdaptiveRateController law, TimeSpan now)
    {
        var started = 0;
        for (; law.TimeToStart(now) == TimeSpan.Zero; started++) law.Start(now);
        return started;
    }

    private static void Succeed(AdaptiveRateController law, int requests, TimeSpan now)
    {
        for (var request = 0; request < requests; request++)
        {
            law.Succeed(1);
            law.End(now);
        }
    }
}
