using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>The selection of the stale ones of 1,000,000 tags, compared with the list alone.</summary>
internal sealed class SelectionPart : IPart
{
    private const int Rounds = 3;
    private const int Tags = 1_000_000;

    /// <summary>After two lists the runtime still compiles.</summary>
    private static readonly Load s_cpu = new(Tags) { WarmUps = 6 };

    private static readonly Load s_memory = new(Tags) { MostTagsOfWarmUp = 10_000 };

    public string Name => "selection";

    public string Description => "processor time and peak of Select-CrStaleTag over 1,000,000 tags";

    public async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var select = bench.Pipeline("select", load => $"{Bench.List(load)} | Select-CrStaleTag -KeepLatest 10 -OlderThan 90.00:00 | Out-Null");
        // A cmdlet that binds each tag and does next to nothing with it: what PowerShell's pipeline alone adds to the list.
        var bound = bench.Pipeline("bound", load => $"{Bench.List(load)} | Measure-Object | Out-Null");
        var cpu = await bench.CompareAsync(s_cpu, Rounds, [select, bound, bench.Cmdlet], cancellationToken);
        var memory = await bench.CompareAsync(s_memory, Rounds, [select, bench.Cmdlet], cancellationToken);
        foreach (var (name, values) in cpu) bench.Results.Add(Name, $"1,000,000 tags: {name}, processor ms", Sample.Of(values.Select(cost => cost.CpuMilliseconds)), format: "#,0");
        bench.Results.Add(Name, "list and Measure-Object / list", Sample.Of(cpu[bound.Name], cpu[bench.Cmdlet.Name], (one, other) => one.CpuMilliseconds / other.CpuMilliseconds));
        bench.Results.Add(
            Name, "list and selection / list", Sample.Of(cpu[select.Name], cpu[bench.Cmdlet.Name], (one, other) => one.CpuMilliseconds / other.CpuMilliseconds), Target.AtMost(1.5));
        bench.Results.Add(
            Name,
            "peak above the list, bytes for each tag",
            Sample.Of(memory[select.Name], memory[bench.Cmdlet.Name], (one, other) => (one.PeakMegabytes - other.PeakMegabytes) * 1_000_000 / Tags),
            Target.AtMost(700),
            "0");
    }
}
