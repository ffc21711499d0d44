using System.Management.Automation;
using CrRegistry.Requests;

namespace CrRegistry.Errors;

/// <summary>Creates error records. Their text and their target are safe to display.</summary>
internal static class FailureRecord
{
    /// <summary>The code of the service for a repository that does not exist.</summary>
    public const string RepositoryNotFound = "REPO_NOT_EXIST";

    /// <summary>The code of the service for a namespace that does not exist.</summary>
    public const string NamespaceNotFound = "NAMESPACE_NOT_EXIST";

    /// <summary>The code of the service for an instance that does not exist.</summary>
    public const string InstanceNotFound = "INSTANCE_NOT_EXIST";

    /// <summary>
    /// Creates the record for a failed call. The message contains all that a user needs, because Windows PowerShell,
    /// <c>"$_"</c> and most logs show nothing else. The recommended action is the address of the service's page about the failure.
    /// Newer views show it below the message, so that the message does not repeat it.
    /// </summary>
    /// <param name="failure">The failure.</param>
    /// <param name="rule">The rule for it.</param>
    /// <param name="name">The name by which the user knows the target; empty if the failure is about no target.</param>
    /// <param name="target">The target of the error, which a script can specify to run the command again.</param>
    public static ErrorRecord Of(CrApiException failure, ErrorRule rule, string name, string target)
    {
        var parts = new[] { name.Length == 0 ? failure.Message : $"{name}: {failure.Message}", rule.Advice, failure.RequestId is { } id ? $"RequestId: {id}." : null };
        var error = New(failure, ErrorIdOf(failure), rule.Category, target);
        error.ErrorDetails = new ErrorDetails(SafeText.Of(string.Join(" ", parts.Where(part => part is not null))))
        {
            RecommendedAction = failure.Recommend is { } page ? $"See {page}" : string.Empty,
        };
        return error;
    }

    /// <summary>Creates the record for a row that is not in a list. It equals the record of a lookup.</summary>
    /// <param name="code">The code of the service for such a row.</param>
    /// <param name="list">The operation that lists the rows.</param>
    /// <param name="message">A sentence that names the list and the row.</param>
    /// <param name="name">The name or the ID of the row.</param>
    public static ErrorRecord OfMissingRow(string code, Operation list, string message, string name)
    {
        var failure = new CrApiException(SafeText.Of($"{message} Names are case-sensitive.")) { Code = code, Action = list.Name };
        return Of(failure, ErrorTable.RuleOf(failure), name, name);
    }

    /// <summary>Returns the code of the failure. A missing repository always has the same error ID, even if its namespace is missing too.</summary>
    private static string ErrorIdOf(CrApiException failure) =>
        failure.Action == Operation.GetRepository.Name && failure.Code == NamespaceNotFound ? RepositoryNotFound : failure.Code;

    /// <summary>Creates the record for a value that neither the command nor the connection specifies.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="noun">The name of the value in the message.</param>
    /// <param name="parameter">The parameter for the value.</param>
    /// <param name="variable">The environment variable that is used otherwise, or null.</param>
    public static ErrorRecord OfMissing(CrContext context, string noun, string parameter, string? variable = null)
    {
        var setVariable = variable is null ? string.Empty : $", or set {variable}";
        var message = context.IsConnected
            ? $"No {noun} is specified in the command or the connection. Use -{parameter} here or with Connect-CrRegistry{setVariable}."
            : $"There is no connection, and no {noun} is specified. Run Connect-CrRegistry or use -{parameter}{setVariable}.";
        return OfArgument(message, parameter + "Missing", null);
    }

    /// <summary>Creates the record for invalid input that is found before any request.</summary>
    public static ErrorRecord OfArgument(string message, string errorId, object? target) =>
        New(new ArgumentException(SafeText.Of(message)), errorId, ErrorCategory.InvalidArgument, target);

    /// <summary>Creates the record for a tag that a repository does not contain.</summary>
    public static ErrorRecord OfMissingTag(object repository, string tag) =>
        New(new ItemNotFoundException(SafeText.Of($"The repository '{repository}' has no tag '{tag}'. Tags are case-sensitive.")), "TagNotFound", ErrorCategory.ObjectNotFound, tag);

    /// <summary>Creates the record for an image to which no tag of a repository refers.</summary>
    public static ErrorRecord OfMissingDigest(object repository, string digest) =>
        New(new ItemNotFoundException(SafeText.Of($"The repository '{repository}' has no tag with the digest '{digest}'.")), "TagNotFound", ErrorCategory.ObjectNotFound, digest);

    /// <summary>Creates the record for an unexpected failure.</summary>
    public static ErrorRecord OfUnexpected(Exception failure, object target)
    {
        var error = New(failure, "UnexpectedFailure", ErrorCategory.NotSpecified, target);
        error.ErrorDetails = new ErrorDetails(SafeText.Of(failure.Message));
        return error;
    }

    private static ErrorRecord New(Exception failure, string errorId, ErrorCategory category, object? target) =>
        new(failure, errorId, category, target is string text ? SafeText.Of(text) : target);
}
