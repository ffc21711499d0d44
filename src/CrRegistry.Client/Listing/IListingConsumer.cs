using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>The consumer of the rows of a listing.</summary>
internal interface IListingConsumer<TRow>
{
    /// <summary>Receives a page with only the rows that were not returned before.</summary>
    /// <returns>False if the consumer needs no more rows.</returns>
    Task<bool> TakeAsync(Page<TRow> page, CancellationToken cancellationToken);

    /// <summary>Waits until all rows so far have been written. A reader may then stop, and no further page is requested.</summary>
    Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>Receives the reason for which the list is read again.</summary>
    Task ReadingAgainAsync(string reason, CancellationToken cancellationToken);
}
