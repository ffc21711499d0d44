using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>The deletion of 10,000 tags with the check before each, compared with the round trips of one request after another.</summary>
internal sealed class RemovalPart : IPart
{
    /// <summary>The check and the delete.</summary>
    private const int RequestsOfTag = 2;

    /// <summary>A run takes more than three minutes, most of which is the latency.</summary>
    private const int Rounds = 2;

    private static readonly Load s_load = new(10_000, 100) { MostTagsOfWarmUp = 500 };

    public string Name => "removal";

    public string Description => "10,000 tags deleted at 100 ms, with the check before each";

    public async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var remove = bench.Pipeline("remove", _ => "$tags | Remove-CrRepoTag -Confirm:$false", load => $"$tags = {Bench.List(load)}");
        var list = bench.Pipeline("list", _ => "$tags | Out-Null", load => $"$tags = {Bench.List(load)}");
        var costs = await bench.CompareAsync(s_load, Rounds, [remove, list], cancellationToken);
        var sequential = (double)RequestsOfTag * s_load.Tags * s_load.Latency;
        bench.Results.Add(Name, "cmdlet, ms", Sample.Of(costs[remove.Name].Select(cost => cost.Milliseconds)), format: "#,0");
        bench.Results.Add(
            Name, $"{RequestsOfTag * s_load.Tags:#,0} round trips one after another / cmdlet", Sample.Of(costs[remove.Name].Select(cost => sequential / cost.Milliseconds)), Target.AtLeast(8));
        bench.Results.Add(
            Name, "peak above the list in a variable, MB", Sample.Of(costs[remove.Name], costs[list.Name], (one, other) => one.PeakMegabytes - other.PeakMegabytes), Target.AtMost(60), "0");
    }
}
