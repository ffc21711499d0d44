namespace CrRegistry;

/// <summary>A list that ended before all of its rows were received. The output before it is incomplete.</summary>
public sealed class IncompleteListingException : CrApiException
{
    /// <summary>Creates an empty exception.</summary>
    public IncompleteListingException() => Code = CrErrorCode.IncompleteListing;

    /// <summary>Creates an exception with a message.</summary>
    /// <param name="message">The failure, its target and its reason.</param>
    public IncompleteListingException(string message) : base(message) => Code = CrErrorCode.IncompleteListing;

    /// <summary>Creates an exception with a message and a cause.</summary>
    /// <param name="message">The failure, its target and its reason.</param>
    /// <param name="innerException">The cause.</param>
    public IncompleteListingException(string message, Exception? innerException)
        : base(message, innerException) => Code = CrErrorCode.IncompleteListing;

    /// <summary>The number of the page at which the listing ended, from 1.</summary>
    public int PageNo { get; init; }

    /// <summary>The number of rows that were received before the end.</summary>
    public long RowsReceived { get; init; }

    /// <summary>True if replies do not fit together. The list may have changed between them, or the service may return wrong pages.</summary>
    internal bool IsContradiction { get; init; }

    /// <summary>True if the contradiction was found in a range, which is not read again after a change. The complete list may then be returned.</summary>
    internal bool IsOfRange { get; init; }

    /// <summary>The number of rows according to the service; null if the service did not return it.</summary>
    public long? TotalCount { get; init; }
}
