using CrRegistry.Client.Tests.Listing.Simulation;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>Ranges of unchanging lists from services with several faults. Each range has the rows at its positions, or there is an error.</summary>
public sealed class RangeListingPropertyTests
{
    [Fact]
    public Task Range_has_rows_at_its_positions_or_is_an_error() => CheckAsync(situation => situation);

    [Fact]
    public Task Range_with_ignored_PageNo_has_rows_at_its_positions_or_is_an_error() =>
        // A TotalCount that is too low agrees with such a service, because the range is then past the end.
        CheckAsync(situation => situation with { IgnoresPageNo = true, PastEnd = SimulatedPastEnd.Empty, Count = situation.MayCountBeTooLow ? SimulatedCount.Exact : situation.Count });

    private static async Task CheckAsync(Func<Situation, Situation> change)
    {
        var violations = await Task.Run(() => Enumerable.Range(SimulatedRuns.Seed, 400 * SimulatedRuns.Count).AsParallel().AsOrdered()
            .Select(seed => (Situation: change(Situations.Combined(seed) with { ChangesPerRequest = 0 }), Seed: seed))
            // Positions mean nothing if each page or page size has its own order.
            .Where(trial => !trial.Situation.IsOrderInconsistent && trial.Situation is not { TieOrder: SimulatedTieOrder.PageSize, Times: not SimulatedTimes.Distinct })
            .Select(trial => SimulatedRange.Of(trial.Situation, trial.Seed).Violation)
            .OfType<string>().ToArray());

        Assert.True(violations.Length == 0, $"{violations.Length} violations:\n{string.Join('\n', violations.Take(40))}");
    }
}
