using System.Management.Automation;
using CrRegistry.Errors;

namespace CrRegistry.Cmdlets.Listing;

/// <summary>What a user gave as a wildcard: PowerShell itself finds what is wrong with one only when it first compares it.</summary>
internal static class WildcardArgument
{
    /// <summary>What is wrong with it; null where nothing is.</summary>
    public static ErrorRecord? ProblemOf(string wildcard)
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
}
