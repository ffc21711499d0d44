using CrRegistry.Benchmarks.Contenders;
using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>Complete lists over a slow network, compared with the official client and with the time of the necessary round trips.</summary>
internal sealed class NetworkPart : IPart
{
    private const int Rounds = 5;
    private const int RoundsOfSeries = 3;

    /// <summary>The load of the targets: the defaults, 10,000 tags at 100 ms.</summary>
    private static readonly Load s_usual = new(10_000, 100);

    public string Name => "network";

    public string Description => "complete lists, by size, latency, and number of requests in flight";

    public async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var missing = await bench.Official.InstallAsync(cancellationToken);
        if (missing is not null) bench.Results.Add(Name, "beside the official client", $"skipped: {missing}");
        Contender[] own = [bench.Cmdlet, bench.Client, bench.Floor];
        Contender[] all = missing is null ? [.. own, bench.Official.Contender] : own;

        Report(bench, s_usual, await bench.CompareAsync(s_usual, Rounds, all, cancellationToken), Target.AtLeast(7), Target.AtMost(1.15));
        var many = new Load(20_000, 100, 16);
        Report(bench, many, await bench.CompareAsync(many, Rounds, own, cancellationToken), null, Target.AtMost(1.15));
        // The load without latency is a point of the plot.
        var near = s_usual with { Latency = 20 };
        Report(bench, near, await bench.CompareAsync(near, RoundsOfSeries, all, cancellationToken));
        foreach (var inFlight in new[] { 1, 4, 16, 32 })
            Report(bench, s_usual with { InFlight = inFlight }, await bench.CompareAsync(s_usual with { InFlight = inFlight }, RoundsOfSeries, own, cancellationToken));
        await GrowAsync(bench, all, cancellationToken);
    }

    private async Task GrowAsync(Bench bench, Contender[] contenders, CancellationToken cancellationToken)
    {
        bench.Results.Growth = new GrowthPlot();
        foreach (var tags in new[] { 100, 1_000, 10_000, 100_000, 1_000_000 })
        {
            var load = new Load(tags);
            var costs = await bench.CompareAsync(load, RoundsOfSeries, contenders, cancellationToken);
            foreach (var (name, values) in costs) bench.Results.Growth.Add(name, tags, Sample.Of(values.Select(cost => cost.Milliseconds)).Median);
            Report(bench, load, costs);
        }
    }

    private void Report(Bench bench, Load load, Dictionary<string, Cost[]> costs, Target? official = null, Target? bound = null)
    {
        var what = $"{load.Tags:#,0} tags, {load.Latency} ms, {load.InFlight} in flight";
        foreach (var (name, values) in costs)
        {
            bench.Results.Add(Name, $"{what}: {name}, ms", Sample.Of(values.Select(cost => cost.Milliseconds)), format: "#,0");
            if (load.Latency > 0 && name != bench.Official.Contender.Name)
            {
                bench.Results.Add(
                    Name,
                    $"{what}: {name} / {load.RoundTrips} round trips ({values[0].RoundTrips} of {values[0].Requests} requests seen one after another)",
                    Sample.Of(values.Select(cost => cost.Milliseconds / (load.RoundTrips * load.Latency))),
                    name == bench.Cmdlet.Name ? bound : null);
            }
        }

        if (costs.TryGetValue(bench.Official.Contender.Name, out var walk))
            bench.Results.Add(Name, $"{what}: official client / cmdlet", Sample.Of(walk, costs[bench.Cmdlet.Name], (one, other) => one.Milliseconds / other.Milliseconds), official);
    }
}
