using System.Management.Automation;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Arguments;

/// <summary>Names and wildcards. They are case-sensitive: v1 and V1 are two tags.</summary>
internal static class WildcardArgument
{
    /// <summary>Returns the error of a wildcard; null if it is valid. PowerShell itself finds an error only when it compares.</summary>
    public static ErrorRecord? Validate(string wildcard)
    {
        try
        {
            new WildcardPattern(wildcard).IsMatch(string.Empty);
            return null;
        }
        catch (WildcardPatternException)
        {
            return FailureRecord.OfArgument(
                $"'{wildcard}' is not a valid wildcard. Put a backtick before each literal bracket.", "WildcardInvalid", wildcard);
        }
    }

    /// <summary>Returns the error of a name or a wildcard; null if it is valid.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isName">Returns true for text that may be a name.</param>
    /// <param name="noun">The row that the name specifies, for example <c>a namespace</c>.</param>
    /// <param name="valid">A sentence that advises what to specify.</param>
    public static ErrorRecord? ValidateName(string? name, Func<string, bool> isName, string noun, string valid)
    {
        if (string.IsNullOrEmpty(name)) return FailureRecord.OfArgument($"The Name is empty. {valid}", "NameMissing", name);
        if (WildcardPattern.ContainsWildcardCharacters(name)) return Validate(name!);
        if (Identifier.KindOf(name!) is { } kind)
            return kind == noun ? null : FailureRecord.OfArgument($"'{name}' is the ID of {kind}, not of {noun}. {valid}", "NameInvalid", name);
        return isName(name!) ? null : FailureRecord.OfArgument($"'{name}' is not the name of {noun}. {valid}", "NameInvalid", name);
    }

    /// <summary>Returns the filter for names and wildcards.</summary>
    /// <param name="names">The names, IDs and wildcards.</param>
    /// <param name="nameOf">Returns the name of a row, which wildcards are compared with.</param>
    public static NameFilter<TRow> Filter<TRow>(IReadOnlyCollection<string> names, Func<TRow, string?> nameOf)
    {
        var matches = Matcher(names);
        return new([.. ExactNames(names).Distinct(StringComparer.Ordinal)], matches is null ? null : row => matches(nameOf(row)));
    }

    /// <summary>Returns the names that are not wildcards. A backtick before a wildcard character is removed.</summary>
    public static IEnumerable<string> ExactNames(IEnumerable<string> names) => names.Where(name => !WildcardPattern.ContainsWildcardCharacters(name)).Select(WildcardPattern.Unescape);

    /// <summary>Returns a function that is true for text that matches any of the wildcards; null if there is none.</summary>
    public static Func<string?, bool>? Matcher(IEnumerable<string> names)
    {
        var patterns = names.Where(WildcardPattern.ContainsWildcardCharacters).Select(name => new WildcardPattern(name, WildcardOptions.None)).ToArray();
        return patterns.Length == 0 ? null : text => Array.Exists(patterns, pattern => pattern.IsMatch(text));
    }
}
