using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>Whoever takes what a listing finds.</summary>
internal interface IListingConsumer<TRow>
{
    /// <summary>Takes a page, of which only rows are left that have not come before.</summary>
    /// <returns>False if no more is wanted.</returns>
    Task<bool> TakeAsync(Page<TRow> page, CancellationToken cancellationToken);

    /// <summary>Waits until all rows so far have been written. A reader may then stop, so that no page is requested in vain.</summary>
    Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>Hears why the list is read again.</summary>
    Task ReadingAgainAsync(string reason, CancellationToken cancellationToken);
}
