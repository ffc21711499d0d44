using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>The selection of the stale ones of 1,000,000 tags, compared with the list alone.</summary>
internal sealed class SelectionPart : IPart
{
    private const int Rounds = 3;
    private const int Tags = 1_000_000;

    /// <summary>After two lists the runtime still compiles.</summary>
    private static readonly Load s_warm = new(Tags) { WarmUps = 6 };

    /// <summary>The first long list of a process, as in a scheduled script.</summary>
    private static readonly Load s_first = new(Tags) { MostTagsOfWarmUp = 10_000 };

    public string Name => "selection";

    public string Description => "processor time and peak of Select-CrStaleTag over 1,000,000 tags";

    public async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var select = bench.Pipeline("select", load => $"{Bench.List(load)} | Select-CrStaleTag -KeepLatest 10 -OlderThan 90.00:00 | Out-Null");
        // The selection needs the whole list. What a script spends only on keeping it:
        var kept = bench.Pipeline("kept", load => $"$tags = {Bench.List(load)}; $tags = $null");
        var warm = await bench.CompareAsync(s_warm, Rounds, [select, kept, bench.Cmdlet], cancellationToken);
        var first = await bench.CompareAsync(s_first, Rounds, [select, bench.Cmdlet], cancellationToken);
        foreach (var (name, values) in warm) bench.Results.Add(Name, $"1,000,000 tags: {name}, processor ms", Sample.Of(values.Select(cost => cost.CpuMilliseconds)), format: "#,0");
        bench.Results.Add(Name, "list in a variable / list, after six lists", Bench.ProcessorTimes(warm[kept.Name], warm[bench.Cmdlet.Name]));
        bench.Results.Add(Name, "list and selection / list, after six lists", Bench.ProcessorTimes(warm[select.Name], warm[bench.Cmdlet.Name]), Target.AtMost(1.5));
        bench.Results.Add(Name, "list and selection / list, first list of a process", Bench.ProcessorTimes(first[select.Name], first[bench.Cmdlet.Name]), Target.AtMost(1.5));
        bench.Results.Add(
            Name,
            "peak above the list, bytes for each tag",
            Sample.Of(first[select.Name], first[bench.Cmdlet.Name], (one, other) => (one.PeakMegabytes - other.PeakMegabytes) * 1_000_000 / Tags),
            Target.AtMost(700),
            "0");
    }
}
