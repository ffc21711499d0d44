using System.Globalization;
using System.Threading.Channels;
using CrRegistry.Client.Api;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Listing.Simulation;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Requests;
using CrRegistry.Retention;

namespace CrRegistry.Client.Tests.Removal.Simulation;

/// <summary>
/// One clean-up on a bad day: the repositories are listed, a rule selects tags, and they are removed. A seed decides the registry, the rule, the changes
/// by others, the faults and the moment of Ctrl+C.
/// </summary>
internal sealed class SimulatedCleanUp
{
    private static readonly InstanceScope s_instance = new(FakeRegistry.InstanceId, "cn-test");

    private readonly Random _random;
    private readonly SimulatedRegistry _registry;
    private readonly RetentionOracle _oracle;
    private readonly CancellationTokenSource _stop;
    private readonly Queue<Action> _removals = new();
    private readonly ChangeOrder _order = new();
    private readonly Dictionary<string, int> _results = [];
    private readonly List<string> _disagreements = [];
    private int _inFlight;
    private int _selected;

    private SimulatedCleanUp(int seed, SimulatedDay day, Random random, SimulatedRegistry registry, CancellationTokenSource stop)
    {
        (Seed, Day, _random, _registry, _stop) = (seed, day, random, registry, stop);
        _registry.OnTheWay = OnTheWay;
        var input = new RandomRegistry(random);
        for (var number = random.Next(1, 4); number > 0; number--) registry.Add($"crr-app{number}", input.NewTags());
        _oracle = input.NewRule("team/app1", "team/app2", "team/app3");
    }

    public int Seed { get; }

    public SimulatedDay Day { get; }

    public SimulatedRegistry Registry => _registry;

    public bool IsStopped => _stop.IsCancellationRequested;

    /// <summary>True if an incomplete listing prevented the removal.</summary>
    public bool IsRejected { get; private set; }

    /// <summary>The number of removals of each result. The removals without one have an empty name.</summary>
    public IReadOnlyDictionary<string, int> Results => _results;

    /// <summary>The number of removals that were reported as not known.</summary>
    public int Unknown { get; private set; }

    public IEnumerable<string> Violations => _registry.WrongDeletes.Concat(_disagreements).Select(violation =>
        string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, {Day}: {violation}"));

    public static SimulatedCleanUp Of(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var day = SimulatedDay.Of(random);
        using var registry = new SimulatedRegistry(day, random);
        using var stop = new CancellationTokenSource();
        var run = new SimulatedCleanUp(seed, day, random, registry, stop);
        run.Run();
        return run;
    }

    private void Run()
    {
        var listings = _registry.RepoIds.Select(repoId => (RepoId: repoId, Tags: List(repoId), Unchanged: _registry.EndListing())).ToArray();
        // Select-CrStaleTag does the same, also if a script ignores the error of the listing.
        IsRejected = listings.Any(listing => listing.Tags.Any(tag => tag.Origin!.State != ListingState.Whole));
        if (IsRejected || IsStopped) return;
        var references = _oracle.References.Select(reference => ImageReference.TryParse(reference.ToString(), out var parsed) ? parsed : throw new InvalidOperationException(reference.ToString()));
        var rule = new RetentionRule
        {
            KeepLatest = _oracle.KeepLatest,
            OlderThan = _oracle.OlderThan is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime : null,
            Protect = [.. _oracle.Protect.Select(Retention.TestRegistry.Pattern)],
            InUse = new ImagesInUse(references),
        };
        foreach (var (repoId, tags, unchanged) in listings) Select(rule, repoId, tags, unchanged);
        while (_removals.TryDequeue(out var removal)) removal();
        var removed = _results.GetValueOrDefault(RemovedTag.Removed);
        if (Day.IsQuiet && removed != _selected) _disagreements.Add($"{removed} of {_selected} tags were removed without a cause");
        _registry.End();
    }

    private List<ImageTag> List(string repoId)
    {
        var output = new Output();
        var range = RowRange.Range(0, null, _random.Next(3) == 0 ? null : _random.Next(5, 30));
        var job = Connect().List(FakeRegistry.Endpoint, new Tags(ScopeOf(repoId)), range, new NameFilter<ImageTag>([], null)).Single().Job;
        RunNow(job, output);
        return [.. output.Messages.OfType<Page<ImageTag>>().SelectMany(page => page.Rows)];
    }

    /// <summary>Queues the removal of the tags that the rule selects, and tells the registry what the oracle permits.</summary>
    private void Select(RetentionRule rule, string repoId, List<ImageTag> tags, IReadOnlyCollection<SimulatedTag> unchanged)
    {
        var listed = tags.GroupBy(tag => tag.Tag, StringComparer.Ordinal).ToDictionary(group => group.Key, group => _registry.StateOf(repoId, group.First()), StringComparer.Ordinal);
        // A tag that the list misses, although it was there all the time, keeps others all the same.
        foreach (var tag in unchanged) listed[tag.Name] = tag;
        var stale = _oracle.StaleOf(SimulatedRegistry.NameOf(repoId), [.. listed.Values.OfType<SimulatedTag>()]);
        var result = rule.Evaluate(tags);
        for (var index = 0; index < result.Tags.Count; index++)
        {
            if (!result.IsStale(index)) continue;
            _selected++;
            var tag = result.Tags[index];
            var key = new TagKey(repoId, tag.Tag);
            _registry.Expect(key, listed[tag.Tag], stale.Contains(tag.Tag));
            _removals.Enqueue(() => Remove(key, tag));
        }
    }

    private void Remove(TagKey key, ImageTag tag)
    {
        // A queue does not start jobs after it was stopped.
        if (IsStopped) return;
        _inFlight++;
        var output = new Output();
        var removal = new TagRemoval(ScopeOf(key.RepoId), tag.Tag, new ListedTag(tag.Digest, tag.ImageUpdate));
        var failure = RunNow(Connect().Change(FakeRegistry.Endpoint, removal, _order), output);
        _inFlight--;
        var result = output.Messages.OfType<RowFound<RemovedTag>>().SingleOrDefault()?.Row.Result;
        var isUnknown = failure is CrApiException { IsOutcomeUnknown: true };
        if (isUnknown) Unknown++;
        else _results[result ?? string.Empty] = _results.GetValueOrDefault(result ?? string.Empty) + 1;
        if (_registry.Compare(key, result, isUnknown) is { } problem) _disagreements.Add($"{key.RepoId}:{key.Tag}: {problem}");
    }

    /// <summary>Runs a job to its end. Nothing in it waits, because the registry replies and the clock moves at once.</summary>
    private Exception? RunNow(IJob job, Output output)
    {
        var task = job.RunAsync(new JobContext(output, new SemaphoreSlim(int.MaxValue), 1, static () => { }), _stop.Token);
        if (!task.IsCompleted) throw new InvalidOperationException("The job waits.");
        return task.Exception?.InnerException;
    }

    /// <summary>Starts another removal while a request is in flight, or presses Ctrl+C.</summary>
    private void OnTheWay()
    {
        if (_inFlight > 0 && _inFlight < Day.InFlight && _random.Next(3) == 0 && _removals.TryDequeue(out var removal)) removal();
        if (_random.NextDouble() < Day.Stops) _stop.Cancel();
    }

    /// <summary>Each job has a limiter of its own, so that none waits for a request that another one has in flight.</summary>
    private CrConnection Connect() => new(new CrConnectionOptions { Credential = Support.Run.Credential, MessageHandler = _registry, RetryPolicy = new RetryPolicy(new SimulatedClock()) });

    private static RepositoryScope ScopeOf(string repoId)
    {
        Assert.True(RepositoryReference.TryParse(SimulatedRegistry.NameOf(repoId), out var names));
        return new RepositoryScope(s_instance, names with { Id = repoId });
    }

    /// <summary>Keeps the messages of a job.</summary>
    private sealed class Output : ChannelWriter<JobMessage>
    {
        public List<JobMessage> Messages { get; } = [];

        public override bool TryWrite(JobMessage item)
        {
            if (item is JobContext.Barrier barrier) barrier.Pass();
            else Messages.Add(item);
            return true;
        }

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(true);
    }
}
