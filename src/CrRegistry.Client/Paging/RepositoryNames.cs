using CrRegistry.Requests;

namespace CrRegistry.Client.Paging;

/// <summary>The exact names that a user gave, and which of them no repository has had so far.</summary>
internal sealed class RepositoryNames(IEnumerable<string> names)
{
    private readonly Dictionary<string, string> _missing = KeysOf(names);
    private readonly HashSet<string> _keys = [.. KeysOf(names).Keys];

    /// <summary>Whether there are any.</summary>
    public bool Any => _keys.Count > 0;

    /// <summary>The names that no repository has had, as they were given.</summary>
    public IReadOnlyCollection<string> Missing => _missing.Values;

    /// <summary>Whether a repository has one of the names.</summary>
    public bool Has(Repository repository)
    {
        var isNamed = false;
        foreach (var key in new[] { repository.RepoId, repository.ToString(), KeyOfName(repository.RepoName) })
        {
            isNamed |= _keys.Contains(key);
            _missing.Remove(key);
        }

        return isNamed;
    }

    private static Dictionary<string, string> KeysOf(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).ToDictionary(name => RepositoryReference.TryParse(name, out _) ? name : KeyOfName(name), StringComparer.Ordinal);

    // No namespace is empty, so that this is no full name: a repository's own name may hold slashes.
    private static string KeyOfName(string? name) => "/" + name;
}
