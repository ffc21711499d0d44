using System.Globalization;
using CrRegistry.Client.Listing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>One reading of a range of a list that does not change.</summary>
internal sealed class SimulatedRange : IListingConsumer<ImageTag>
{
    private readonly List<string> _received = [];

    private SimulatedRange()
    {
    }

    /// <summary>The problem of the range, or null.</summary>
    public string? Violation { get; private set; }

    public static SimulatedRange Of(Situation situation, int seed)
    {
        var repository = new SimulatedRepository(situation, seed);
        var random = new SeededRandom((ulong)seed);
        var rows = repository.Names.Count;
        var skip = random.Next(4) == 0 ? 0 : random.Next(2 * rows + 1);
        // A range of one page shows less than one of several pages.
        long? first = random.Next(3) switch { 0 => null, 1 => random.Next(1, 10), _ => random.Next(1, (2 * rows) + 2) };
        int? pageSize = random.Next(2) == 0 ? null : random.Next(1, 101);
        var run = new SimulatedRange();
        using var stop = new CancellationTokenSource();
        var listing = new RangeListing<ImageTag>(repository, run, RowRange.Range(skip, first, pageSize), situation.InFlight).RunAsync(stop.Token);
        while (!listing.IsCompleted && !repository.IsAskedWithoutEnd) repository.AnswerOne();

        if (!listing.IsCompleted) stop.Cancel();
        var expected = repository.Names.Skip(skip).Take((int)(first ?? int.MaxValue)).ToArray();
        run.Violation = run.ViolationOf(situation, repository, listing, expected, skip, first, pageSize) is { } violation
            ? string.Create(CultureInfo.InvariantCulture, $"{violation}: -Skip {skip} -First {first} -PageSize {pageSize} of {rows}, seed {seed}, {situation}")
            : null;
        return run;
    }

    public Task<bool> TakeAsync(Page<ImageTag> page, CancellationToken cancellationToken)
    {
        _received.AddRange(page.Rows.Select(tag => tag.Tag));
        return Task.FromResult(true);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReadingAgainAsync(string reason, CancellationToken cancellationToken) => Task.CompletedTask;

    private string? ViolationOf(Situation situation, SimulatedRepository repository, Task listing, string[] expected, int skip, long? first, int? pageSize)
    {
        if (repository.IsAskedWithoutEnd) return "no end";
        if (listing.IsCanceled) return "canceled";
        var isError = listing.Exception?.InnerException is CrApiException;
        if (listing.IsFaulted && !isError) return listing.Exception!.InnerException!.ToString();
        var reachesEnd = expected.Length < (first ?? long.MaxValue);
        var isPastEnd = skip >= repository.Names.Count;
        var isLastPageFull = repository.Names.Count % Math.Min(pageSize ?? 100, situation.PageCap ?? 100) == 0;
        var demand = situation.DemandOf(isLastPageFull);
        // A range within the list needs no proof of its end, and one past it has no rows by a TotalCount that is slightly too high either.
        if (demand == Demand.Error) demand = !reachesEnd ? Demand.Complete : skip >= repository.Names.Count + 7 && !situation.IsCountAbsurd ? Demand.CompleteOrError : Demand.Error;
        // A service that ignores PageNo also repeats a page.
        if (isPastEnd && !situation.IsCountRight && situation.PastEnd != SimulatedPastEnd.Empty) demand = Demand.CompleteOrError;
        if (situation.IgnoresPageNo) demand = Demand.CompleteOrError;
        if (isError) return demand == Demand.Complete ? $"an error without cause ({listing.Exception!.InnerException!.Message})" : null;
        if (demand == Demand.Error) return "no error";
        return expected.SequenceEqual(_received) ? null : $"{_received.Count} rows, {_received.Intersect(expected).Count()} of them right, in place of {expected.Length}";
    }
}
