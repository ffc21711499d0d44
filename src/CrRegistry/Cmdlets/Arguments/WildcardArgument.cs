using System.Management.Automation;
using CrRegistry.Errors;

namespace CrRegistry.Cmdlets.Arguments;

/// <summary>A list of names and wildcards. Case counts: v1 and V1 are two tags.</summary>
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
                $"'{wildcard}' is not a wildcard that PowerShell can read. Put a backtick before a bracket that stands for itself.", "WildcardInvalid", wildcard);
        }
    }

    /// <summary>Returns the names that are not wildcards.</summary>
    public static IEnumerable<string> ExactNames(IEnumerable<string> names) => names.Where(name => !WildcardPattern.ContainsWildcardCharacters(name));

    /// <summary>Returns a function that is true for text that matches any of the wildcards; null if there is none.</summary>
    public static Func<string?, bool>? Matcher(IEnumerable<string> names)
    {
        var patterns = names.Where(WildcardPattern.ContainsWildcardCharacters).Select(name => new WildcardPattern(name, WildcardOptions.None)).ToArray();
        return patterns.Length == 0 ? null : text => Array.Exists(patterns, pattern => pattern.IsMatch(text));
    }
}
