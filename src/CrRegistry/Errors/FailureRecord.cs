using System.Management.Automation;

namespace CrRegistry.Errors;

/// <summary>Makes error records: what failed, on what, why, what to do.</summary>
internal static class FailureRecord
{
    /// <summary>
    /// For a failure of the service or on the way to it. All that a user needs stands in the message, since Windows PowerShell,
    /// <c>"$_"</c> and most logs show nothing else. The address of the service's own page on the failure is the recommended action,
    /// which newer views print below the message: so nothing is said twice.
    /// </summary>
    /// <param name="failure">The failure.</param>
    /// <param name="rule">What it means.</param>
    /// <param name="target">What the user named.</param>
    public static ErrorRecord Of(CrApiException failure, ErrorRule rule, object target)
    {
        var parts = new[] { $"{target}: {failure.Message}", rule.Advice, failure.RequestId is { } id ? $"RequestId: {id}." : null };
        return new ErrorRecord(failure, failure.Code, rule.Category, target)
        {
            ErrorDetails = new ErrorDetails(string.Join(" ", parts.Where(part => part is not null)))
            {
                RecommendedAction = failure.Recommend is { } page ? $"See {page}" : string.Empty,
            },
        };
    }

    /// <summary>For bad input, found before any request.</summary>
    public static ErrorRecord OfArgument(string message, string errorId, object? target) =>
        new(new ArgumentException(message), errorId, ErrorCategory.InvalidArgument, target);
}
