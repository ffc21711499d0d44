using System.Globalization;
using CrRegistry.Client.Tests.Listing.Simulation;
using Xunit.Abstractions;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>Measures losses that no rule can detect. docs/reliability.md contains the output.</summary>
public sealed class ListingLimitsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Retags keep an old ImageUpdate", 0.02)]
    [InlineData("Retags keep an old ImageUpdate", 0.05)]
    [InlineData("Retags keep an old ImageUpdate", 0.2)]
    [InlineData("Two replicas of different state", 0.02)]
    [InlineData("Two replicas of different state", 0.05)]
    [InlineData("Two replicas of different state", 0.2)]
    public async Task Few_listings_lose_a_tag(string service, double changes)
    {
        var situation = new Situation(service) { ChangesPerRequest = changes, InFlight = 10, KeepsTimes = service[0] == 'R', HasReplicas = service[0] == 'T' };

        var runs = await Task.Run(() => Enumerable.Range(SimulatedRuns.Seed, 100 * SimulatedRuns.Count).AsParallel().Select(seed => SimulatedRun.Of(situation, seed)).ToArray());

        var losses = runs.Count(run => run.IsUnnoticedLoss);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{service} | {changes:0.00} | {runs.Length} | {losses} | {runs.Count(run => run.IsError)}"));
        Assert.DoesNotContain(runs, run => run.HasDuplicate);
        Assert.InRange(losses, 0, runs.Length / 10);
    }
}
