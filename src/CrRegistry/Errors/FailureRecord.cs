using System.Management.Automation;
using CrRegistry.Requests;

namespace CrRegistry.Errors;

/// <summary>Makes error records: what failed, on what, why, what to do. Their text is safe to display; the target keeps the original.</summary>
internal static class FailureRecord
{
    /// <summary>The code of the service for a repository that does not exist.</summary>
    public const string RepositoryNotFound = "REPO_NOT_EXIST";

    /// <summary>The code of the service for a namespace that does not exist.</summary>
    public const string NamespaceNotFound = "NAMESPACE_NOT_EXIST";

    /// <summary>The code of the service for an instance that does not exist.</summary>
    public const string InstanceNotFound = "INSTANCE_NOT_EXIST";

    /// <summary>
    /// For a failure of the service or on the way to it. All that a user needs stands in the message, since Windows PowerShell,
    /// <c>"$_"</c> and most logs show nothing else. The address of the service's own page on the failure is the recommended action,
    /// which newer views print below the message: so nothing is said twice.
    /// </summary>
    /// <param name="failure">The failure.</param>
    /// <param name="rule">What it means.</param>
    /// <param name="name">The name by which the user knows the target.</param>
    /// <param name="target">The target of the error: what a script specifies to run the command again.</param>
    public static ErrorRecord Of(CrApiException failure, ErrorRule rule, string name, string target)
    {
        var parts = new[] { $"{name}: {failure.Message}", rule.Advice, failure.RequestId is { } id ? $"RequestId: {id}." : null };
        var error = New(failure, ErrorIdOf(failure), rule.Category, target);
        error.ErrorDetails = new ErrorDetails(SafeText.Of(string.Join(" ", parts.Where(part => part is not null))))
        {
            RecommendedAction = failure.Recommend is { } page ? $"See {page}" : string.Empty,
        };
        return error;
    }

    /// <summary>For a row that is not in a list: the record that its lookup would have.</summary>
    /// <param name="code">The code of the service for such a row.</param>
    /// <param name="list">The operation that lists the rows.</param>
    /// <param name="message">A sentence that names the list and the row.</param>
    /// <param name="name">The name or the ID of the row.</param>
    public static ErrorRecord OfMissingRow(string code, Operation list, string message, string name)
    {
        var failure = new CrApiException(SafeText.Of($"{message} Names are case-sensitive.")) { Code = code, Action = list.Name };
        return Of(failure, ErrorTable.RuleOf(failure), name, name);
    }

    /// <summary>The code of the failure, but one ID for a repository that does not exist: its namespace may not exist either.</summary>
    private static string ErrorIdOf(CrApiException failure) =>
        failure.Action == Operation.GetRepository.Name && failure.Code == NamespaceNotFound ? RepositoryNotFound : failure.Code;

    /// <summary>For a value that neither the command nor the connection has, if there is one.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="noun">The value, as a message names it.</param>
    /// <param name="parameter">The parameter that takes it.</param>
    /// <param name="variable">The environment variable that is used otherwise; null if there is none.</param>
    public static ErrorRecord OfMissing(CrContext context, string noun, string parameter, string? variable = null)
    {
        var setVariable = variable is null ? string.Empty : $", or set {variable}";
        var message = context.IsConnected
            ? $"No {noun} is specified, and the connection has none. Use -{parameter} here or with Connect-CrRegistry{setVariable}."
            : $"There is no connection, and no {noun} is specified. Run Connect-CrRegistry or use -{parameter}{setVariable}.";
        return OfArgument(message, parameter + "Missing", null);
    }

    /// <summary>For bad input, found before any request.</summary>
    public static ErrorRecord OfArgument(string message, string errorId, object? target) =>
        New(new ArgumentException(SafeText.Of(message)), errorId, ErrorCategory.InvalidArgument, target);

    /// <summary>For a tag that a repository does not have.</summary>
    public static ErrorRecord OfMissingTag(object repository, string tag) =>
        New(new ItemNotFoundException(SafeText.Of($"The repository '{repository}' has no tag '{tag}'. Tags are case-sensitive.")), "TagNotFound", ErrorCategory.ObjectNotFound, tag);

    /// <summary>For a failure that nobody foresaw.</summary>
    public static ErrorRecord OfUnexpected(Exception failure, object target)
    {
        var error = New(failure, "UnexpectedFailure", ErrorCategory.NotSpecified, target);
        error.ErrorDetails = new ErrorDetails(SafeText.Of(failure.Message));
        return error;
    }

    private static ErrorRecord New(Exception failure, string errorId, ErrorCategory category, object? target)
    {
        var error = new ErrorRecord(failure, errorId, category, target);
        // The error view of Windows PowerShell shows it.
        error.CategoryInfo.TargetName = SafeText.Of(error.CategoryInfo.TargetName);
        return error;
    }
}
