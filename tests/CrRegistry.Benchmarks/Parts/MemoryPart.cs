using CrRegistry.Benchmarks.Contenders;
using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>The peak memory of large lists, compared with an engine that writes the same number of objects to Out-Null.</summary>
internal sealed class MemoryPart : IPart
{
    private const int Rounds = 3;

    public string Name => "memory";

    public string Description => "peak of 1,000,000 and of 2,000,000 tags to Out-Null, above the bare engine";

    public async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var engine = Engine.Running("bare engine", load => Engine.Measure($"1..{load.Tags} | Out-Null"));
        var (million, two) = (new Load(1_000_000) { MostTagsOfWarmUp = 10_000 }, new Load(2_000_000) { MostTagsOfWarmUp = 10_000 });
        var (bare, one, twice) = (new Cost[Rounds], new Cost[Rounds], new Cost[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            bare[round] = await bench.RunAsync(engine, million, cancellationToken);
            one[round] = await bench.RunAsync(bench.Cmdlet, million, cancellationToken);
            twice[round] = await bench.RunAsync(bench.Cmdlet, two, cancellationToken);
        }

        bench.Results.Add(Name, "bare engine, 1,000,000 numbers to Out-Null, MB", Sample.Of(bare.Select(cost => cost.PeakMegabytes)), format: "0");
        bench.Results.Add(Name, "1,000,000 tags above it, MB", Sample.Of(one, bare, Difference), Target.AtMost(80), "0");
        bench.Results.Add(Name, "2,000,000 tags above 1,000,000, MB", Sample.Of(twice, one, Difference), Target.AtMost(60), "0");
    }

    private static double Difference(Cost one, Cost other) => one.PeakMegabytes - other.PeakMegabytes;
}
