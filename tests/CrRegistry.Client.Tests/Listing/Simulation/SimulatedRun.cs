using CrRegistry.Client.Listing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>One listing of a changing repository, and its result.</summary>
internal sealed class SimulatedRun : IListingConsumer<ImageTag>
{
    private readonly List<string> _received = [];
    private int? _receivedInFirstPass;

    private SimulatedRun()
    {
    }

    /// <summary>The message of the error of the listing, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>True if the listing ended in an error.</summary>
    public bool IsError => Error is not null;

    /// <summary>True if a tag was returned twice.</summary>
    public bool HasDuplicate { get; private set; }

    /// <summary>True if the first reading missed a tag that existed all the time.</summary>
    public bool IsFirstPassLossy { get; private set; }

    /// <summary>True if the list ended without an error, and misses a tag that existed all the time.</summary>
    public bool IsUnnoticedLoss { get; private set; }

    /// <summary>True if it ended in an error, although nothing changed and the replies were sufficient.</summary>
    public bool IsErrorWithoutCause { get; private set; }

    /// <summary>True if it ended without an error, although rows are missing by a TotalCount that is too high.</summary>
    public bool IsErrorMissing { get; private set; }

    /// <summary>True if it was stopped because it did not end.</summary>
    public bool IsEndless { get; private set; }

    public int Requests { get; private set; }

    public int Pages { get; private set; }

    public int MostRequests { get; private set; }

    public static SimulatedRun Of(Situation situation, int seed)
    {
        var run = new SimulatedRun();
        var repository = new SimulatedRepository(situation, seed);
        using var stop = new CancellationTokenSource();
        var listing = new CompleteListing<ImageTag>(repository, run, situation.PageSize, situation.InFlight).RunAsync(stop.Token);
        while (!listing.IsCompleted && !run.IsEndless)
        {
            repository.AnswerOne();
            run.IsEndless = repository.IsAskedWithoutEnd;
        }

        if (run.IsEndless) stop.Cancel();
        run.Judge(situation, repository, listing);
        return run;
    }

    public Task<bool> TakeAsync(Page<ImageTag> page, CancellationToken cancellationToken)
    {
        _received.AddRange(page.Rows.Select(tag => tag.Tag));
        return Task.FromResult(true);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReadingAgainAsync(string reason, CancellationToken cancellationToken)
    {
        _receivedInFirstPass ??= _received.Count;
        return Task.CompletedTask;
    }

    private void Judge(Situation situation, SimulatedRepository repository, Task listing)
    {
        Error = (listing.Exception?.InnerException as CrApiException)?.Message;
        if (listing.IsFaulted && !IsError) throw listing.Exception!;
        var demand = situation.DemandOf(repository.IsLastPageFull);
        IsErrorWithoutCause = IsError && demand == Demand.Complete;
        IsErrorMissing = !IsError && demand == Demand.Error;
        HasDuplicate = _received.Distinct().Count() != _received.Count;
        IsFirstPassLossy = !repository.Throughout.IsSubsetOf(_received.Take(_receivedInFirstPass ?? _received.Count));
        IsUnnoticedLoss = !IsError && !repository.Throughout.IsSubsetOf(_received);
        (Requests, Pages) = (repository.Requests, repository.Pages);
        MostRequests = situation.MostRequests(Pages, repository.IsLastPageFull);
    }
}
