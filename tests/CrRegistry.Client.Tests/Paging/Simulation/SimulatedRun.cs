using CrRegistry.Client.Operations;
using CrRegistry.Client.Paging;

namespace CrRegistry.Client.Tests.Paging.Simulation;

/// <summary>One listing of a repository that changes, and what is true of it.</summary>
internal sealed class SimulatedRun : IListingConsumer<ImageTag>
{
    private readonly List<string> _given = [];
    private int? _givenByFirstPass;

    private SimulatedRun()
    {
    }

    public bool IsIncomplete { get; private set; }

    /// <summary>A tag was given twice.</summary>
    public bool HasDuplicate => _given.Distinct().Count() != _given.Count;

    /// <summary>The first reading missed a tag that was there all the time.</summary>
    public bool IsFirstPassLossy { get; private set; }

    /// <summary>The list was said to be whole, and misses a tag that was there all the time.</summary>
    public bool IsUnnoticedLoss { get; private set; }

    public int Rereads { get; private set; }

    public static SimulatedRun Of(Situation situation, int seed, ListingSigns heeded)
    {
        var run = new SimulatedRun();
        var repository = new SimulatedRepository(situation, new Random(seed));
        var listing = new WholeListing<ImageTag>(repository, run, ListSelection.LargestPageSize, situation.InFlight, heeded).RunAsync(CancellationToken.None);
        while (!listing.IsCompleted) repository.AnswerOne();

        run.IsIncomplete = listing.Exception?.InnerException is IncompleteListingException;
        if (listing.IsFaulted && !run.IsIncomplete) throw listing.Exception!;
        run.IsFirstPassLossy = !repository.Throughout.IsSubsetOf(run._given.Take(run._givenByFirstPass ?? run._given.Count));
        run.IsUnnoticedLoss = !run.IsIncomplete && !repository.Throughout.IsSubsetOf(run._given);
        return run;
    }

    public Task<bool> TakeAsync(ListPage<ImageTag> page, CancellationToken cancellationToken)
    {
        _given.AddRange(page.Rows.Select(tag => tag.Tag));
        return Task.FromResult(true);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReadingAgainAsync(string reason, CancellationToken cancellationToken)
    {
        Rereads++;
        _givenByFirstPass ??= _given.Count;
        return Task.CompletedTask;
    }
}
