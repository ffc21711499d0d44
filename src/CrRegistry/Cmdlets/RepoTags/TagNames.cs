using System.Management.Automation;
using CrRegistry.Cmdlets.Listing;

namespace CrRegistry.Cmdlets.RepoTags;

/// <summary>What -Tag was given: exact names, and wildcards.</summary>
internal static class TagNames
{
    public static IReadOnlyCollection<string> Exact(string[]? names) =>
        [.. (names ?? []).Where(name => !WildcardPattern.ContainsWildcardCharacters(name)).Distinct(StringComparer.Ordinal)];

    /// <summary>What is wrong with one of them; null where nothing is. Any text may be a tag's name.</summary>
    public static ErrorRecord? ProblemOf(string[]? names) =>
        (names ?? []).Where(WildcardPattern.ContainsWildcardCharacters).Select(WildcardArgument.ProblemOf).FirstOrDefault(problem => problem is not null);

    /// <summary>Case counts: v1 and V1 are two tags.</summary>
    public static Func<string, bool>? Wildcards(string[]? names)
    {
        var patterns = (names ?? []).Where(WildcardPattern.ContainsWildcardCharacters).Select(name => new WildcardPattern(name, WildcardOptions.None)).ToArray();
        return patterns.Length == 0 ? null : tag => Array.Exists(patterns, pattern => pattern.IsMatch(tag));
    }
}
