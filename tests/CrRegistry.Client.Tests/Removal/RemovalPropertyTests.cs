using System.Globalization;
using CrRegistry.Client.Tests.Listing.Simulation;
using CrRegistry.Client.Tests.Removal.Simulation;
using Xunit.Abstractions;

namespace CrRegistry.Client.Tests.Removal;

/// <summary>
/// Clean-ups on bad days: lists, rules and removals while others change the registry, requests fail and the command is stopped.
/// CRREGISTRY_SIMULATED_RUNS sets the number of runs, fifty times as many, and CRREGISTRY_SIMULATED_SEED the first seed. docs/reliability.md contains the output.
/// </summary>
public sealed class RemovalPropertyTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Deletes_no_tag_that_is_kept_or_changed_and_returns_what_happened()
    {
        // Without the synchronization context of the test, a run is the same each time.
        var runs = await Task.Run(() => Enumerable.Range(SimulatedRuns.Seed, 50 * SimulatedRuns.Count).AsParallel().AsOrdered().Select(SimulatedCleanUp.Of).ToArray());

        output.WriteLine(Sums(runs));
        string[] violations = [.. runs.SelectMany(run => run.Violations)];
        Assert.True(violations.Length == 0, $"{violations.Length} violations:\n{string.Join('\n', violations.Take(40))}");
        foreach (var result in new[] { RemovedTag.Removed, RemovedTag.AlreadyGone, RemovedTag.Changed, RemovedTag.Failed }) Assert.Contains(runs, run => run.Results.ContainsKey(result));
        Assert.Contains(runs, run => run.Unknown > 0);
        Assert.Contains(runs, run => run.IsRejected);
        Assert.Contains(runs, run => run.IsStopped);
    }

    private static string Sums(SimulatedCleanUp[] runs) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        Runs: {runs.Length}, of which {runs.Count(run => run.IsStopped)} were stopped, and {runs.Count(run => run.IsRejected)} had an incomplete listing
        Requests: {runs.Sum(run => run.Registry.Requests)}
        Results: {string.Join(", ", runs.SelectMany(run => run.Results).GroupBy(result => result.Key, result => result.Value).OrderBy(result => result.Key, StringComparer.Ordinal).Select(result => $"{(result.Key.Length > 0 ? result.Key : "none")} {result.Sum()}"))}, not known {runs.Sum(run => run.Unknown)}
        Deletes: {runs.Sum(run => run.Registry.Deletes)}
        Wrong deletes: {runs.Sum(run => run.Registry.WrongDeletes.Count)}
        Pushes between the check and the delete: {runs.Sum(run => run.Registry.DeletesInWindow)}
        Pushes before a delete that arrived after its timeout: {runs.Sum(run => run.Registry.LateDeletesInWindow)}
        """);
}
