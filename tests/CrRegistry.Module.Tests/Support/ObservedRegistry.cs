using System.Globalization;
using System.Text.Json.Nodes;
using CrRegistry.Client.Tests.Removal.Simulation;
using CrRegistry.Emulator;
using CrRegistry.Emulator.Faults;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Module.Tests.Support;

/// <summary>
/// The repositories of one clean-up on an emulator. Others change them while requests are on their way, and requests fail. Each delete is noted with the
/// state of its tag. A tag is changed during the calls for it and during lists only, so that no change comes between the note and the delete.
/// </summary>
internal sealed class ObservedRegistry
{
    private static readonly FaultKind[] s_faults = [.. Enum.GetValues<FaultKind>().Except([FaultKind.Redirect])];

    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly Dictionary<string, RegistryRepository> _repositories = [];
    private readonly Dictionary<string, HashSet<string>> _names = [];
    private readonly Dictionary<string, Dictionary<string, SimulatedTag>> _unchanged = [];
    private readonly HashSet<(string RepoId, SimulatedTag State)> _states = [];
    private readonly Dictionary<TagKey, SimulatedTag?> _checks = [];
    private readonly Dictionary<TagKey, Delete> _sent = [];
    private readonly List<Delete> _deletes = [];
    private readonly HashSet<ReceivedCall> _denied = new(ReferenceEqualityComparer.Instance);
    private readonly (double Changes, double Faults, double Denials) _chances;
    private int _pushes;

    /// <summary>Adds the repositories to an emulator, and observes its calls.</summary>
    /// <param name="emulator">The emulator.</param>
    /// <param name="repositories">The tags of the repositories, by <c>namespace/name</c>.</param>
    /// <param name="chances">The probabilities for each call: of a change by others, of a fault, and of a denied page of a list.</param>
    /// <param name="seed">The seed of the changes and faults. Calls in parallel come in any order.</param>
    public ObservedRegistry(EmulatorServer emulator, IReadOnlyDictionary<string, IReadOnlyList<SimulatedTag>> repositories, (double Changes, double Faults, double Denials) chances, int seed)
    {
        (_chances, _random) = (chances, new Random(seed));
        foreach (var (name, tags) in repositories)
        {
            var repository = emulator.Registry.AddRepository(name.Split('/')[0], name.Split('/')[1]);
            repository.Add(tags.Select(TagOf));
            _repositories.Add(repository.RepoId, repository);
            _names.Add(repository.RepoId, [.. tags.Select(tag => tag.Name)]);
            _states.UnionWith(tags.Select(tag => (repository.RepoId, tag)));
        }

        emulator.OnCall = (call, _) => Task.FromResult(Receive(call));
        emulator.OnReply = (call, body, _) =>
        {
            Reply(call, body);
            return Task.CompletedTask;
        };
    }

    /// <summary>The deletes that were executed.</summary>
    public IReadOnlyList<Delete> Deletes => _deletes;

    /// <summary>The tags for which a delete was sent.</summary>
    public IReadOnlyCollection<TagKey> Sent => _sent.Keys;

    public IReadOnlyDictionary<string, RegistryRepository> Repositories => _repositories;

    /// <summary>Returns the tags that did not change from the first call for the list of a repository to the last one for any list.</summary>
    public IEnumerable<SimulatedTag> UnchangedOf(string repoId) => _unchanged.TryGetValue(repoId, out var tags) ? tags.Values : [];

    /// <summary>True if a tag of the repository ever had a state.</summary>
    public bool Had(string repoId, SimulatedTag state) => _states.Contains((repoId, state));

    private Fault? Receive(ReceivedCall call)
    {
        lock (_gate)
        {
            if (RepositoryOf(call) is { } repository)
            {
                if (call.Action == "ListRepoTag") _unchanged.TryAdd(repository.RepoId, _names[repository.RepoId].ToDictionary(name => name, name => StateOf(repository, name)!));
                ChangeSome(call, repository);
                // The check is used up, also if the delete is not executed.
                if (call.Action == "DeleteRepoTag") _sent[KeyOf(call)] = new Delete(KeyOf(call), StateOf(repository, call.Parameters["Tag"]), _checks.Remove(KeyOf(call), out var state) ? state : null);
            }

            if (_random.NextDouble() < _chances.Faults) return new Fault(s_faults[_random.Next(s_faults.Length)]);
            if (call.Action == "ListRepoTag" && _random.NextDouble() < _chances.Denials) _denied.Add(call);
            return null;
        }
    }

    private void Reply(ReceivedCall call, JsonObject body)
    {
        lock (_gate)
        {
            if (_denied.Contains(call)) (body["IsSuccess"], body["Code"]) = (false, "NoPermission");
            if (RepositoryOf(call) is not { } repository) return;
            if (call.Action == "GetRepoTag") _checks[KeyOf(call)] = StateOf(repository, call.Parameters["Tag"]);
            if (call.Action == "DeleteRepoTag")
            {
                _deletes.Add(_sent[KeyOf(call)]);
                _names[repository.RepoId].Remove(call.Parameters["Tag"]);
            }

            ChangeSome(call, repository);
        }
    }

    private void ChangeSome(ReceivedCall call, RegistryRepository repository)
    {
        while (_random.NextDouble() < _chances.Changes)
        {
            var names = _names[repository.RepoId];
            if (call.Parameters.TryGetValue("Tag", out var tag)) Change(repository, tag);
            else if (_random.Next(2) == 0 && names.Count > 0) Change(repository, names.ElementAt(_random.Next(names.Count)));
            else Push(repository, $"new-{_pushes}", null);
        }
    }

    /// <summary>Others delete a tag, push the same image again, or push another image.</summary>
    private void Change(RegistryRepository repository, string tag)
    {
        switch (_random.Next(3))
        {
            case 0:
                repository.Remove(tag);
                _names[repository.RepoId].Remove(tag);
                if (_unchanged.TryGetValue(repository.RepoId, out var unchanged)) unchanged.Remove(tag);
                break;
            case 1:
                Push(repository, tag, repository.Find(tag)?.Digest);
                break;
            default:
                Push(repository, tag, null);
                break;
        }
    }

    private void Push(RegistryRepository repository, string tag, string? digest)
    {
        // Seconds apart, because Export-Csv writes no fractions.
        var number = 1_000_000 + (1000 * _pushes++);
        var pushed = new SimulatedTag(tag, digest ?? number.ToString("x64", CultureInfo.InvariantCulture), RandomRegistry.Start + number);
        repository.Put(TagOf(pushed));
        _names[repository.RepoId].Add(tag);
        _states.Add((repository.RepoId, pushed));
        if (_unchanged.TryGetValue(repository.RepoId, out var unchanged)) unchanged.Remove(tag);
    }

    private RegistryRepository? RepositoryOf(ReceivedCall call) => call.Parameters.TryGetValue("RepoId", out var repoId) ? _repositories.GetValueOrDefault(repoId) : null;

    private static TagKey KeyOf(ReceivedCall call) => new(call.Parameters["RepoId"], call.Parameters["Tag"]);

    private static SimulatedTag? StateOf(RegistryRepository repository, string tag) =>
        repository.Find(tag) is { } found ? new SimulatedTag(tag, found.Digest!, found.ImageUpdate?.ToUnixTimeMilliseconds()) : null;

    private static RegistryTag TagOf(SimulatedTag tag) => new()
    {
        Tag = tag.Name,
        Digest = tag.Digest,
        ImageUpdate = tag.Update is { } update ? DateTimeOffset.FromUnixTimeMilliseconds(update) : null,
    };

    /// <summary>A delete that the service executed.</summary>
    /// <param name="Key">The tag.</param>
    /// <param name="Deleted">Its state at that moment.</param>
    /// <param name="Checked">The state that the last lookup after the previous delete found; null before the first lookup.</param>
    internal sealed record Delete(TagKey Key, SimulatedTag? Deleted, SimulatedTag? Checked);
}
