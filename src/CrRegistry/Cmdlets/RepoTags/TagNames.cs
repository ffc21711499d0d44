using System.Management.Automation;
using CrRegistry.Cmdlets.Listing;
using CrRegistry.Errors;

namespace CrRegistry.Cmdlets.RepoTags;

/// <summary>What -Tag was given: exact names, and wildcards.</summary>
internal static class TagNames
{
    /// <summary>The exact names, each once. A name from the pipeline is exact, whatever characters it has.</summary>
    public static IReadOnlyCollection<string> Exact(string[]? given, string[] piped) =>
        [.. (given ?? []).Where(name => !WildcardPattern.ContainsWildcardCharacters(name)).Concat(piped).Distinct(StringComparer.Ordinal)];

    /// <summary>What is wrong with one of them; null where nothing is. Any text may be a tag's name.</summary>
    public static ErrorRecord? ProblemOf(string[]? names)
    {
        if (names is not null && (names.Length == 0 || Array.Exists(names, string.IsNullOrEmpty)))
            return FailureRecord.OfArgument("The Tag is empty. Specify the name of a tag or a wildcard, or omit -Tag.", "TagMissing", null);
        return (names ?? []).Where(WildcardPattern.ContainsWildcardCharacters).Select(WildcardArgument.ProblemOf).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Case counts: v1 and V1 are two tags.</summary>
    public static Func<string, bool>? Wildcards(string[]? names)
    {
        var patterns = (names ?? []).Where(WildcardPattern.ContainsWildcardCharacters).Select(name => new WildcardPattern(name, WildcardOptions.None)).ToArray();
        return patterns.Length == 0 ? null : tag => Array.Exists(patterns, pattern => pattern.IsMatch(tag));
    }
}
