using CrRegistry.Benchmarks.Contenders;
using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>Measure-CrRepository: many small repositories compared with sequential requests, and the memory of tags with different digests.</summary>
internal sealed class MeasurePart : IPart
{
    private const int Rounds = 3;

    private static readonly Load s_small = new(Tags: 50, Latency: 100, Repositories: 300);
    private static readonly Load s_few = new(Tags: 10_000, Repositories: 20);
    private static readonly Load s_many = s_few with { Repositories = 100 };
    private static readonly Load s_million = new(1_000_000) { MostTagsOfWarmUp = 10_000 };
    private static readonly Load s_two = s_million with { Tags = 2_000_000 };

    public string Name => "measure";

    public string Description => "Measure-CrRepository: 300 repositories of 50 tags at 100 ms, and the peak of repositories with 10,000 to 2,000,000 tags";

    public async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var costs = await bench.CompareAsync(s_small, Rounds, [bench.Measure, bench.Floor], cancellationToken);
        bench.Results.Add(Name, "one after another / cmdlet", Sample.Of(costs[bench.Floor.Name], costs[bench.Measure.Name], (one, other) => one.Milliseconds / other.Milliseconds), Target.AtLeast(8));

        var (few, many, one, twice) = (new Cost[Rounds], new Cost[Rounds], new Cost[Rounds], new Cost[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            few[round] = await bench.RunAsync(bench.Measure, s_few, cancellationToken);
            many[round] = await bench.RunAsync(bench.Measure, s_many, cancellationToken);
            one[round] = await bench.RunAsync(bench.Measure, s_million, cancellationToken);
            twice[round] = await bench.RunAsync(bench.Measure, s_two, cancellationToken);
        }

        bench.Results.Add(Name, "100 repositories of 10,000 tags above 20 of them, MB", Sample.Of(many, few, Difference), Target.AtMost(20), "0");
        bench.Results.Add(Name, "a repository of 2,000,000 tags above one of 1,000,000, bytes for each tag", Sample.Of(twice, one, (two, million) => Difference(two, million) * 1_000_000 / s_million.Tags), format: "0");
    }

    private static double Difference(Cost one, Cost other) => one.PeakMegabytes - other.PeakMegabytes;
}
