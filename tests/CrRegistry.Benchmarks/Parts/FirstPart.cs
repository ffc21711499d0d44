using CrRegistry.Benchmarks.Contenders;
using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>The number of requests for one tag of a large list.</summary>
internal sealed class FirstPart : IPart
{
    private const int Rounds = 3;

    public string Name => "first";

    public string Description => "-First 1 of 1,000,000 tags";

    public async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        // One second for requests that the command may have started in the background.
        var first = Engine.Running("-First 1", load => Engine.Connect(bench.Server.Address, load.InFlight)
            + Engine.Measure($"$tags = @(Get-CrRepoTag -RepoId {load.RepoIds.Single()} -First 1)")
            + "[System.Threading.Thread]::Sleep(1000)\n\"Tags: $($tags.Count)\"");
        var costs = await bench.CompareAsync(new Load(1_000_000), Rounds, [first], cancellationToken);
        bench.Results.Add(Name, "-First 1 of 1,000,000 tags: listing requests, including those of the following second", Sample.Of(costs[first.Name].Select(cost => (double)cost.Requests)), Target.AtMost(1), "0");
    }
}
