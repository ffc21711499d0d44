using CrRegistry.Client.Jobs;
using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>Reads the requested rows of a list, and writes them to the consumer of the job.</summary>
/// <param name="source">The pages of the list.</param>
/// <param name="selection">The requested range; of the rows that match, if there is a filter.</param>
/// <param name="match">The filter; null for all rows.</param>
/// <param name="context">The consumer.</param>
internal sealed class SelectedListing<TRow>(
    IPageSource<TRow> source, RowRange selection, Func<TRow, bool>? match, JobContext context) : IListingConsumer<TRow>
{
    /// <summary>The filter; null for all rows. A range of the complete list also has one, which accepts every row.</summary>
    private readonly Func<TRow, bool>? _match = match ?? (selection is { IsOfCompleteList: true, IsWhole: false } ? static _ => true : null);

    private long _matches;

    /// <summary>The number of rows that were written to the consumer.</summary>
    public long RowsWritten { get; private set; }

    /// <summary>True if -First was reached before the end of the list, so that other rows may match as well.</summary>
    public bool HasEnough => _match is not null && selection.First is { } first && RowsWritten >= first;

    /// <exception cref="IncompleteListingException">A page failed after rows had been written, or the list may be incomplete.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (selection.PageNo is { } pageNo) await ReadPageAsync(pageNo, cancellationToken).ConfigureAwait(false);
        // The client filters rows, so that all pages are read.
        else if (selection.IsWhole || _match is not null) await ReadWholeAsync(cancellationToken).ConfigureAwait(false);
        else await ReadRangeAsync(cancellationToken).ConfigureAwait(false);
    }

    async Task<bool> IListingConsumer<TRow>.TakeAsync(Page<TRow> page, CancellationToken cancellationToken)
    {
        var chosen = _match is null ? page.Rows : Matches(page.Rows);
        await context.WriteAsync(page.With(chosen), cancellationToken).ConfigureAwait(false);
        RowsWritten += chosen.Count;
        return !HasEnough;
    }

    Task IListingConsumer<TRow>.FlushAsync(CancellationToken cancellationToken) => context.FlushAsync(cancellationToken);

    Task IListingConsumer<TRow>.ReadingAgainAsync(string reason, CancellationToken cancellationToken) =>
        context.WriteAsync(new ListingReread(reason), cancellationToken);

    private async Task ReadPageAsync(int pageNo, CancellationToken cancellationToken)
    {
        var pageSize = selection.PageSize ?? RowRange.LargestPageSize;
        var page = await source.GetPageAsync(pageNo, pageSize, cancellationToken).ConfigureAwait(false);
        if (selection.ChecksEnd && await new CheckedPages<TRow>(source).MayBeFollowedAsync(page, pageSize, cancellationToken).ConfigureAwait(false)) page = page with { MayBeFollowed = true };
        await context.WriteAsync(page, cancellationToken).ConfigureAwait(false);
        RowsWritten += page.Rows.Count;
    }

    private async Task ReadWholeAsync(CancellationToken cancellationToken)
    {
        var listing = new CompleteListing<TRow>(source, this, selection.PageSize ?? RowRange.LargestPageSize, context.PagesAhead);
        try
        {
            await listing.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException exception) when (IsBreak(exception))
        {
            throw ListingFailure.BrokenOff(source.Kind, listing.PageNo, listing.Rows, listing.TotalCount, exception);
        }
    }

    private async Task ReadRangeAsync(CancellationToken cancellationToken)
    {
        var listing = new RangeListing<TRow>(source, this, selection, context.PagesAhead);
        try
        {
            await listing.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException exception) when (IsBreak(exception))
        {
            throw ListingFailure.BrokenOff(source.Kind, listing.PageNo, listing.Rows, listing.TotalCount, exception, isRange: true);
        }
    }

    /// <summary>True if rows were written that could be mistaken for the complete list.</summary>
    private bool IsBreak(CrApiException exception) => RowsWritten > 0 && exception is not IncompleteListingException;

    private List<TRow> Matches(IReadOnlyList<TRow> rows)
    {
        var chosen = new List<TRow>();
        foreach (var row in rows)
        {
            if (!_match!(row) || _matches++ < selection.Skip || RowsWritten + chosen.Count >= (selection.First ?? long.MaxValue)) continue;
            chosen.Add(row);
        }

        return chosen;
    }
}
