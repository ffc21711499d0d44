using System.Management.Automation;

namespace CrRegistry.Cmdlets.Repositories;

/// <summary>What -Name was given: exact names, and wildcards. Case counts.</summary>
internal static class RepositoryNames
{
    /// <summary>The exact names; within a namespace, as <c>namespace/name</c>.</summary>
    public static IReadOnlyCollection<string> Exact(string[]? names, string? namespaceName) =>
        [.. (names ?? []).Where(name => !WildcardPattern.ContainsWildcardCharacters(name)).Select(name => namespaceName is null ? name : $"{namespaceName}/{name}").Distinct(StringComparer.Ordinal)];

    /// <summary>What the wildcards match: the full name where they have a slash and no namespace is given, else the name without its namespace.</summary>
    public static Func<Repository, bool>? Rule(string[]? names, string? namespaceName)
    {
        var wildcards = (names ?? []).Where(WildcardPattern.ContainsWildcardCharacters).ToArray();
        if (wildcards.Length == 0) return null;
        var ofFullName = Patterns(wildcards.Where(wildcard => IsOfFullName(wildcard, namespaceName)));
        var ofName = Patterns(wildcards.Where(wildcard => !IsOfFullName(wildcard, namespaceName)));
        return repository =>
            Array.Exists(ofFullName, pattern => pattern.IsMatch(repository.ToString())) || Array.Exists(ofName, pattern => pattern.IsMatch(repository.RepoName));
    }

    private static bool IsOfFullName(string wildcard, string? namespaceName) => namespaceName is null && wildcard.Contains('/');

    private static WildcardPattern[] Patterns(IEnumerable<string> wildcards) => [.. wildcards.Select(wildcard => new WildcardPattern(wildcard, WildcardOptions.None))];
}
