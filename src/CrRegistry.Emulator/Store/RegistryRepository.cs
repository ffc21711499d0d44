namespace CrRegistry.Emulator.Store;

/// <summary>A repository and its tags. Safe to read and change from several threads.</summary>
public sealed class RegistryRepository
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RegistryTag> _byName = new(StringComparer.Ordinal);

    // Kept sorted, so that a page is a slice.
    private readonly List<RegistryTag> _tags = [];
    private readonly Dictionary<string, ImageScan> _scans = new(StringComparer.Ordinal);
    private readonly TagComparer _comparer;
    private readonly Random? _shuffles;

    internal RegistryRepository(RegistryInstance instance, string namespaceName, string repoName, string repoId, DateTimeOffset createdAt, TagOrder order, int shuffleSeed)
    {
        Instance = instance;
        NamespaceName = namespaceName;
        RepoName = repoName;
        RepoId = repoId;
        CreatedAt = createdAt;
        _comparer = new TagComparer(order);
        _shuffles = order == TagOrder.Unstable ? new Random(shuffleSeed) : null;
    }

    /// <summary>The instance of the repository.</summary>
    public RegistryInstance Instance { get; }

    /// <summary>The namespace of the repository.</summary>
    public string NamespaceName { get; }

    /// <summary>The name of the repository, without its namespace.</summary>
    public string RepoName { get; }

    /// <summary>The ID of the repository, <c>crr-…</c>.</summary>
    public string RepoId { get; }

    /// <summary>The time at which the repository was added.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The number of tags.</summary>
    public int TagCount
    {
        get
        {
            lock (_gate)
                return _tags.Count;
        }
    }

    /// <summary>Pushes a tag. A tag with the same name is replaced.</summary>
    /// <param name="tag">The tag.</param>
    public void Put(RegistryTag tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        lock (_gate)
        {
            Remove(tag.Tag);
            _byName.Add(tag.Tag, tag);
            _tags.Insert(~_tags.BinarySearch(tag, _comparer), tag);
        }
    }

    /// <summary>Adds many tags at once.</summary>
    /// <param name="tags">The tags. Their names must be new.</param>
    /// <exception cref="ArgumentException">A name occurs twice or already exists.</exception>
    public void Add(IEnumerable<RegistryTag> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        lock (_gate)
        {
            foreach (RegistryTag tag in tags)
            {
                if (!_byName.TryAdd(tag.Tag, tag))
                    throw new ArgumentException($"The tag '{tag.Tag}' occurs twice in '{NamespaceName}/{RepoName}'.", nameof(tags));
            }

            _tags.Clear();
            _tags.AddRange(_byName.Values);
            _tags.Sort(_comparer);
        }
    }

    /// <summary>Adds generated tags v0, v1, …. v0 was pushed when the repository was added, and each following tag up to an hour before the previous one.</summary>
    /// <param name="count">The number of tags.</param>
    public void AddGenerated(int count) => Add(GeneratedTag.Series($"{NamespaceName}/{RepoName}", count, CreatedAt));

    /// <summary>Removes a tag.</summary>
    /// <param name="tag">Its name.</param>
    /// <returns>True if the tag existed.</returns>
    public bool Remove(string tag)
    {
        lock (_gate)
        {
            if (!_byName.Remove(tag, out RegistryTag? removed))
                return false;
            _tags.RemoveAt(_tags.BinarySearch(removed, _comparer));
            return true;
        }
    }

    /// <summary>Looks up a tag.</summary>
    /// <param name="tag">Its name.</param>
    /// <returns>The tag, or null.</returns>
    public RegistryTag? Find(string tag)
    {
        lock (_gate)
            return _byName.GetValueOrDefault(tag);
    }

    /// <summary>Starts a scan of the image of a tag. A scan that runs continues.</summary>
    internal void StartScan(RegistryTag tag, string service, DateTimeOffset now)
    {
        // Signatures and SBOMs have no packages.
        const int smallestImage = 1_000_000;
        string digest = tag.Digest ?? "";
        lock (_gate)
        {
            if (_scans.GetValueOrDefault(digest)?.StatusAt(now) != ImageScan.Scanning)
                _scans[digest] = new ImageScan(digest, service, now, tag.ImageSize < smallestImage);
        }
    }

    /// <summary>Returns the latest scan of the image of a tag; null if it was never scanned.</summary>
    internal ImageScan? FindScan(RegistryTag tag)
    {
        lock (_gate)
            return _scans.GetValueOrDefault(tag.Digest ?? "");
    }

    internal TagPage Page(long skip, int size)
    {
        lock (_gate)
        {
            int from = (int)Math.Min(skip, _tags.Count);
            int length = Math.Min(size, _tags.Count - from);
            return new TagPage(_shuffles is null ? _tags.GetRange(from, length) : Shuffled(from, length), _tags.Count);
        }
    }

    private List<RegistryTag> Shuffled(int from, int length)
    {
        var shuffle = new Shuffle(_tags.Count, (uint)_shuffles!.Next());
        return [.. Enumerable.Range(from, length).Select(position => _tags[shuffle[position]])];
    }
}
