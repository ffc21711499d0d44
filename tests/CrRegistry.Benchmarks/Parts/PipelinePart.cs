using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>Many small repositories through the pipeline, compared with sequential requests.</summary>
internal sealed class PipelinePart : IPart
{
    private const int Rounds = 3;

    private static readonly Load s_load = new(Tags: 50, Latency: 100, Repositories: 300);

    public string Name => "pipeline";

    public string Description => "300 repositories of 50 tags at 100 ms";

    public async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        // A list of one page is one request, so that the minimal client sends sequential requests.
        var costs = await bench.CompareAsync(s_load, Rounds, [bench.Cmdlet, bench.Client, bench.Floor], cancellationToken);
        var floor = costs[bench.Floor.Name];
        bench.Results.Add(Name, "sequential requests (floor), ms", Sample.Of(floor.Select(cost => cost.Milliseconds)), format: "#,0");
        bench.Results.Add(Name, "cmdlet, ms", Sample.Of(costs[bench.Cmdlet.Name].Select(cost => cost.Milliseconds)), format: "#,0");
        bench.Results.Add(Name, "one after another / client", Sample.Of(floor, costs[bench.Client.Name], (one, other) => one.Milliseconds / other.Milliseconds));
        bench.Results.Add(Name, "one after another / cmdlet", Sample.Of(floor, costs[bench.Cmdlet.Name], (one, other) => one.Milliseconds / other.Milliseconds), Target.AtLeast(8));
    }
}
