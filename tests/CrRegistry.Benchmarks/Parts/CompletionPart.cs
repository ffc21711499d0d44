using CrRegistry.Benchmarks.Contenders;
using CrRegistry.Benchmarks.Results;

namespace CrRegistry.Benchmarks.Parts;

/// <summary>The time from Tab to the names of repositories, above one round trip. Each run is a new process.</summary>
internal sealed class CompletionPart : IPart
{
    private const int Rounds = 15;
    private const string Second = "Second";

    private static readonly Load s_load = new(1, 100, Repositories: 2_000);

    public string Name => "completion";

    public string Description => "the first names of repositories after Tab, of 2,000 at 100 ms";

    public async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var tab = Engine.Running("Tab", load => Engine.Connect(bench.Server.Address, load.InFlight)
            // The engine itself, as after the completion of a command's name.
            + Complete("Get-CrRepoTag -Repos", 1)
            + Engine.Measure(Complete(load))
            + $$"""
              $watch.Restart()
              {{Complete(load with { Run = load.Run + "b" })}}
              "{{Second}}: $($watch.Elapsed.TotalMilliseconds)"
              """);
        await bench.RunAsync(tab, s_load, cancellationToken);
        var costs = (await bench.CompareAsync(s_load, Rounds, [tab], cancellationToken))[tab.Name];
        bench.Results.Add(Name, "2,000 repositories, 100 ms: first answer above one round trip, ms", Sample.Of(costs.Select(cost => cost.Milliseconds - s_load.Latency)), Target.AtMost(300), "0");
        bench.Results.Add(Name, "2,000 repositories, 100 ms: answer for another namespace above one round trip, ms", Sample.Of(costs.Select(cost => cost.Values[Second] - s_load.Latency)), format: "0");
        bench.Results.Add(Name, "2,000 repositories, 100 ms: requests for the first answer", Sample.Of(costs.Select(cost => (double)cost.Requests)), Target.AtMost(1), "0");
    }

    private static string Complete(Load load) => Complete($"Get-CrRepoTag {load.Namespace}/", Load.PageSize);

    private static string Complete(string line, int expected) =>
        $$"""
        $found = [System.Management.Automation.CommandCompletion]::CompleteInput('{{line}}', {{line.Length}}, $null).CompletionMatches.Count
        if ($found -ne {{expected}}) { throw "Completion of '{{line}}' offered $found values instead of {{expected}}." }

        """;
}
