using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>Invoke-CrApi -Paginate over 100 pages, compared with its round trips.</summary>
internal sealed class ApiPart : IPart
{
    private const int Rounds = 5;

    private static readonly Load s_load = new(10_000, 100);

    public string Name => "api";

    public string Description => "Invoke-CrApi -Paginate over 100 pages at 100 ms";

    public async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var invoke = bench.Pipeline("invoke", load => $"Invoke-CrApi ListRepoTag @{{ RepoId = '{load.RepoIds.Single()}' }} -Paginate | Out-Null");
        var costs = (await bench.CompareAsync(s_load, Rounds, [invoke], cancellationToken))[invoke.Name];
        bench.Results.Add(Name, "10,000 rows, 100 ms: requests", Sample.Of(costs.Select(cost => (double)cost.Requests)), format: "0");
        bench.Results.Add(Name, "10,000 rows, 100 ms: round trips, as the server saw them", Sample.Of(costs.Select(cost => (double)cost.RoundTrips)), format: "0");
        bench.Results.Add(Name, "cmdlet / its round trips", Sample.Of(costs.Select(cost => cost.Milliseconds / (cost.RoundTrips * s_load.Latency))), Target.AtMost(1.15));
    }
}
