using CrRegistry.Client.Jobs;
using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>Lists a selection of a list's rows to the consumer of its work.</summary>
/// <param name="source">Where the list comes from.</param>
/// <param name="selection">Which of its rows are wanted, by their places; of those that match, where there is a rule for that.</param>
/// <param name="match">Which of its rows are wanted, by what they are; null for all.</param>
/// <param name="context">The consumer.</param>
internal sealed class SelectedListing<TRow>(
    IPageSource<TRow> source, RowRange selection, Func<TRow, bool>? match, JobContext context) : IListingConsumer<TRow>
{
    /// <summary>Pages under way or waiting for their turn, for each request under way: a slow page leaves the others something to do.</summary>
    private const int PagesAheadPerRequest = 2;

    private long _matches;
    private long _given;

    /// <summary>Whether -First was satisfied before all rows were seen, so that a row not seen may match as well.</summary>
    public bool HasEnough => match is not null && selection.First is { } first && _given >= first;

    private int PagesAhead => PagesAheadPerRequest * context.ThrottleLimit;

    /// <exception cref="IncompleteListingException">A page failed after rows had been handed on, or the list is not sure to be whole.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (selection.PageNo is { } pageNo) await ReadPageAsync(pageNo, cancellationToken).ConfigureAwait(false);
        // Rows are matched on this side, so that every page has to be read.
        else if (selection.IsWhole || match is not null) await ReadWholeAsync(cancellationToken).ConfigureAwait(false);
        else await ReadRangeAsync(cancellationToken).ConfigureAwait(false);
    }

    async Task<bool> IListingConsumer<TRow>.TakeAsync(Page<TRow> page, CancellationToken cancellationToken)
    {
        var chosen = match is null ? page.Rows : Matches(page.Rows);
        await context.WriteAsync(page.With(chosen), cancellationToken).ConfigureAwait(false);
        _given += chosen.Count;
        return !HasEnough;
    }

    Task IListingConsumer<TRow>.FlushAsync(CancellationToken cancellationToken) => context.FlushAsync(cancellationToken);

    Task IListingConsumer<TRow>.ReadingAgainAsync(string reason, CancellationToken cancellationToken) =>
        context.WriteAsync(new ListingReread(reason), cancellationToken);

    private async Task ReadPageAsync(int pageNo, CancellationToken cancellationToken)
    {
        var pageSize = selection.PageSize ?? RowRange.LargestPageSize;
        var page = await source.GetPageAsync(pageNo, pageSize, cancellationToken).ConfigureAwait(false);
        if (selection.ChecksEnd && await PageSizeCheck.MayBeFollowedAsync(source, page, pageSize, cancellationToken).ConfigureAwait(false)) page = page with { MayBeFollowed = true };
        await context.WriteAsync(page, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadWholeAsync(CancellationToken cancellationToken)
    {
        var listing = new CompleteListing<TRow>(source, this, selection.PageSize ?? RowRange.LargestPageSize, PagesAhead);
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
        var listing = new RangeListing<TRow>(source, this, selection, PagesAhead);
        try
        {
            await listing.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException exception) when (IsBreak(exception))
        {
            throw ListingFailure.BrokenOff(source.Kind, listing.PageNo, listing.Rows, listing.TotalCount, exception, isRange: true);
        }
    }

    /// <summary>Whether a failure leaves rows behind that could be taken for the list.</summary>
    private bool IsBreak(CrApiException exception) => _given > 0 && exception is not IncompleteListingException;

    private List<TRow> Matches(IReadOnlyList<TRow> rows)
    {
        var chosen = new List<TRow>();
        foreach (var row in rows)
        {
            if (!match!(row) || _matches++ < selection.Skip || _given + chosen.Count >= (selection.First ?? long.MaxValue)) continue;
            chosen.Add(row);
        }

        return chosen;
    }
}
