using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>The processor time of 1,000,000 tags, compared with the minimal client.</summary>
internal sealed class CpuPart : IPart
{
    private const int Rounds = 5;

    /// <summary>After two lists the runtime still compiles. This was 0.3 to 0.5 s of the client's 2.2 s, and 0.01 s after six lists.</summary>
    private static readonly Load s_load = new(1_000_000) { WarmUps = 6 };

    public string Name => "cpu";

    public string Description => "processor time of 1,000,000 tags at no latency";

    public async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var costs = await bench.CompareAsync(s_load, Rounds, [bench.Cmdlet, bench.Client, bench.Floor], cancellationToken);
        var floor = costs[bench.Floor.Name];
        foreach (var (name, values) in costs) bench.Results.Add(Name, $"1,000,000 tags: {name}, processor ms", Sample.Of(values.Select(cost => cost.CpuMilliseconds)), format: "#,0");
        bench.Results.Add(Name, "client / floor", Bench.ProcessorTimes(costs[bench.Client.Name], floor), Target.AtMost(1.3));
        bench.Results.Add(Name, "cmdlet / floor", Bench.ProcessorTimes(costs[bench.Cmdlet.Name], floor), Target.AtMost(2));
    }
}
