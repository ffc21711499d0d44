namespace CrRegistry;

/// <summary>A failed call of the service: the service returned an error, or there was no usable reply.</summary>
public class CrApiException : Exception
{
    /// <summary>Creates an empty exception.</summary>
    public CrApiException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    /// <param name="message">The failure, its target and its reason.</param>
    public CrApiException(string message) : base(message)
    {
    }

    /// <summary>Creates an exception with a message and a cause.</summary>
    /// <param name="message">The failure, its target and its reason.</param>
    /// <param name="innerException">The cause.</param>
    public CrApiException(string message, Exception? innerException) : base(message, Safe(innerException))
    {
    }

    /// <summary>
    /// The service's error code, for example <c>REPO_NOT_EXIST</c>; for a failure in the client, one of <see cref="CrErrorCode"/>.
    /// </summary>
    public string Code { get; init; } = CrErrorCode.InvalidResult;

    /// <summary>The API operation that was called, for example <c>ListRepoTag</c>.</summary>
    public string? Action { get; init; }

    /// <summary>The ID of the request, which the support of the service needs.</summary>
    public string? RequestId { get; init; }

    /// <summary>The HTTP status of the reply; null without a reply.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The address of the service's diagnosis page for this failure.</summary>
    public string? Recommend { get; init; }

    /// <summary>True if the service rejected the number or the size of a page.</summary>
    internal bool RejectsPage => HttpStatus is 200 or 400 or 404 && (HasInCode("page") || HasInCode("parameter"));

    /// <summary>True if a retry may succeed although the code is not a transient one, for example after an incomplete reply.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>True if the request was sent through a proxy, which may have caused the failure.</summary>
    internal bool IsOfProxy { get; init; }

    /// <summary>True if no connection was made, so that the service did not receive the request.</summary>
    internal bool IsNotSent { get; init; }

    /// <summary>True if a change may have been made although the call failed, because the reply was lost or is ambiguous.</summary>
    internal bool IsOutcomeUnknown { get; init; }

    /// <summary>True if a change was made before the failure, for example if only its result could not be read.</summary>
    internal bool IsAfterChange { get; init; }

    /// <summary>Returns the same failure with another message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isAfterChange">True if a change was made before the failure.</param>
    internal CrApiException WithMessage(string message, bool isAfterChange = false) => new(message, InnerException)
    {
        IsAfterChange = isAfterChange,
        Code = Code,
        Action = Action,
        RequestId = RequestId,
        HttpStatus = HttpStatus,
        Recommend = Recommend,
        IsOfProxy = IsOfProxy,
        IsOutcomeUnknown = IsOutcomeUnknown,
    };

    /// <summary>Returns a cause that is safe to display. An error view shows its message, which may quote a reply.</summary>
    private static Exception? Safe(Exception? cause) => cause is null || (SafeText.Of(cause.Message) == cause.Message && Safe(cause.InnerException) == cause.InnerException)
        ? cause
        : new IOException(SafeText.Of($"{cause.GetType().Name}: {cause.Message}"), Safe(cause.InnerException));

    private bool HasInCode(string word) => Code.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
