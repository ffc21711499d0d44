namespace CrRegistry.Emulator.Store;

/// <summary>The content of the emulated registry. Safe to read and change from several threads.</summary>
public sealed class RegistryStore
{
    private const string DefaultRegionId = "cn-shanghai";

    private readonly Lock _gate = new();
    private readonly List<RegistryInstance> _instances = [];
    private readonly List<RegistryRepository> _repositories = [];
    private readonly Dictionary<string, RegistryRepository> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string InstanceId, string NamespaceName, string RepoName), RegistryRepository> _byName = [];
    private readonly TagOrder _order;
    private readonly int _randomSeed;
    private readonly DateTimeOffset _startedAt;
    private readonly TimeProvider _clock;

    internal RegistryStore(EmulatorOptions options)
    {
        _order = options.Order;
        _randomSeed = options.RandomSeed;
        LargestPageSize = options.LargestPageSize;

        _clock = options.TimeProvider;
        _startedAt = Now;
    }

    /// <summary>The instances, in the order in which they were added.</summary>
    public IReadOnlyList<RegistryInstance> Instances
    {
        get
        {
            lock (_gate)
                return [.. _instances];
        }
    }

    /// <summary>The repositories of all instances, in the order in which they were added.</summary>
    public IReadOnlyList<RegistryRepository> Repositories
    {
        get
        {
            lock (_gate)
                return [.. _repositories];
        }
    }

    /// <summary>The current time. The service counts in whole milliseconds.</summary>
    internal DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The time at which the emulator started.</summary>
    internal DateTimeOffset StartedAt => _startedAt;

    /// <summary>The largest number of rows on a page of any list.</summary>
    internal int LargestPageSize { get; }

    /// <summary>Returns the instance with an ID. It is added if it does not exist.</summary>
    /// <param name="instanceId">The ID; null for the default instance.</param>
    /// <param name="regionId">The region of a new instance; null for the default region.</param>
    /// <returns>The instance.</returns>
    public RegistryInstance GetOrAddInstance(string? instanceId = null, string? regionId = null)
    {
        instanceId ??= Fingerprint.Id("cri-", "default");
        lock (_gate)
        {
            if (_instances.Find(one => one.InstanceId == instanceId) is { } known)
                return known;
            var added = new RegistryInstance(instanceId, regionId ?? DefaultRegionId, _startedAt.AddMilliseconds(_instances.Count));
            _instances.Add(added);
            return added;
        }
    }

    /// <summary>Adds an empty repository, and its namespace with it.</summary>
    /// <param name="namespaceName">The name of the namespace.</param>
    /// <param name="repoName">The name of the repository.</param>
    /// <param name="repoId">The ID of the repository; null for an ID that is computed from the names.</param>
    /// <param name="instanceId">The instance; null for the first one.</param>
    /// <param name="createdAt">The time at which it was created; if null, the start of the emulator and one millisecond for each repository before it.</param>
    /// <returns>The repository.</returns>
    /// <exception cref="ArgumentException">The name or the ID already exists.</exception>
    public RegistryRepository AddRepository(string namespaceName, string repoName, string? repoId = null, string? instanceId = null, DateTimeOffset? createdAt = null)
    {
        lock (_gate)
        {
            RegistryInstance instance = GetOrAddInstance(instanceId ?? _instances.FirstOrDefault()?.InstanceId);
            repoId ??= Fingerprint.Id("crr-", $"{instance.InstanceId}/{namespaceName}/{repoName}");
            var repository = new RegistryRepository(instance, namespaceName, repoName, repoId, createdAt ?? _startedAt.AddMilliseconds(_repositories.Count), _order, _randomSeed);
            if (_byId.ContainsKey(repoId) || !_byName.TryAdd((instance.InstanceId, namespaceName, repoName), repository))
                throw new ArgumentException($"A repository '{namespaceName}/{repoName}', or a repository with the ID '{repoId}', already exists.");
            _byId.Add(repoId, repository);
            _repositories.Add(repository);
            return repository;
        }
    }

    /// <summary>Looks up a repository by its ID.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="repoId">The ID.</param>
    /// <returns>The repository, or null.</returns>
    public RegistryRepository? FindRepository(string instanceId, string repoId)
    {
        lock (_gate)
            return _byId.GetValueOrDefault(repoId) is { } found && found.Instance.InstanceId == instanceId ? found : null;
    }

    /// <summary>Looks up a repository by its name.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="namespaceName">The name of the namespace.</param>
    /// <param name="repoName">The name of the repository.</param>
    /// <returns>The repository, or null.</returns>
    public RegistryRepository? FindRepository(string instanceId, string namespaceName, string repoName)
    {
        lock (_gate)
            return _byName.GetValueOrDefault((instanceId, namespaceName, repoName));
    }

    internal IReadOnlyList<RegistryRepository> RepositoriesOf(RegistryInstance instance) =>
        [.. Repositories.Where(repository => repository.Instance == instance)];

    internal IReadOnlyList<RegistryNamespace> NamespacesOf(RegistryInstance instance) =>
        [.. RepositoriesOf(instance).Select(repository => repository.NamespaceName).Distinct().Select(name => new RegistryNamespace(instance, name))];
}
