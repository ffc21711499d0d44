namespace CrRegistry;

/// <summary>A call of the service that failed, whether the service said so or no usable reply came.</summary>
public class CrApiException : Exception
{
    /// <summary>Makes an empty exception.</summary>
    public CrApiException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What failed, on what, why.</param>
    public CrApiException(string message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">What failed, on what, why.</param>
    /// <param name="innerException">The cause.</param>
    public CrApiException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>
    /// The service's error code, for example <c>REPO_NOT_EXIST</c>; for a failure on this side one of <see cref="CrErrorCode"/>.
    /// </summary>
    public string Code { get; init; } = CrErrorCode.InvalidResult;

    /// <summary>The API operation that was called, for example <c>ListRepoTag</c>.</summary>
    public string? Action { get; init; }

    /// <summary>The ID that the service gave the request: what its support asks for.</summary>
    public string? RequestId { get; init; }

    /// <summary>The HTTP status of the reply; null where none came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The address of the service's own diagnosis page for this failure.</summary>
    public string? Recommend { get; init; }

    /// <summary>True if the service refused the number or the size of a page.</summary>
    internal bool RefusesPage => HttpStatus is 200 or 400 or 404 && (HasInCode("page") || HasInCode("parameter"));

    /// <summary>Whether the same call may succeed in a moment, though the code does not tell: a reply that ends in the middle.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>True if the request went by a proxy, which may be what failed.</summary>
    internal bool IsOfProxy { get; init; }

    /// <summary>True if no connection was made, so that the service did not receive the request.</summary>
    internal bool IsNotSent { get; init; }

    /// <summary>True if a change may have been made although the call failed: its reply was lost, or does not tell.</summary>
    internal bool IsOutcomeUnknown { get; init; }

    private bool HasInCode(string word) => Code.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
