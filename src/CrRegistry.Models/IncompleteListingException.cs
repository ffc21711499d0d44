namespace CrRegistry;

/// <summary>A list that ended before all of its rows had come. What came before it is a part, not the list.</summary>
public sealed class IncompleteListingException : CrApiException
{
    /// <summary>Makes an empty exception.</summary>
    public IncompleteListingException() => Code = CrErrorCode.IncompleteListing;

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What failed, on what, why.</param>
    public IncompleteListingException(string message) : base(message) => Code = CrErrorCode.IncompleteListing;

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">What failed, on what, why.</param>
    /// <param name="innerException">The cause.</param>
    public IncompleteListingException(string message, Exception? innerException)
        : base(message, innerException) => Code = CrErrorCode.IncompleteListing;

    /// <summary>The number of the page at which the listing ended, from 1.</summary>
    public int PageNo { get; init; }

    /// <summary>How many rows had come by then.</summary>
    public long RowsReceived { get; init; }

    /// <summary>True if replies of the service contradict each other, so that the same error may come again.</summary>
    internal bool IsContradiction { get; init; }

    /// <summary>How many rows the service said that there are; null where it did not say.</summary>
    public long? TotalCount { get; init; }
}
