using CrRegistry.Client.Operations;
using CrRegistry.Client.Work;

namespace CrRegistry.Client.Paging;

/// <summary>Lists a selection of one repository's tags to the consumer of its work, and marks the tags with how the listing ended.</summary>
internal sealed class TagListing(
    ITagPageSource source, TagQuery query, Func<string, bool>? match, TagListingOrigin origin, WorkContext context) : IListingConsumer
{
    /// <summary>Pages under way or waiting for their turn, for each request under way: a slow page leaves the others something to do.</summary>
    private const int PagesAheadPerRequest = 2;

    private readonly TagSelection _selection = query.Selection;
    private long _matches;
    private long _given;

    /// <summary>Whether -First was satisfied before all rows were seen, so that a name not seen may still exist.</summary>
    public bool HasEnough => match is not null && _selection.First is { } first && _given >= first;

    private int PagesAhead => PagesAheadPerRequest * context.ThrottleLimit;

    /// <exception cref="IncompleteListingException">A page failed after rows had been handed on, or the list is not sure to be whole.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_selection.PageNo is { } pageNo) await ReadPageAsync(pageNo, cancellationToken).ConfigureAwait(false);
            // Names are matched on this side, so that every page has to be read.
            else if (_selection.IsWhole || match is not null) await ReadWholeAsync(cancellationToken).ConfigureAwait(false);
            else await ReadRangeAsync(cancellationToken).ConfigureAwait(false);
            origin.EndAs(query.IsWhole ? TagListingState.Whole : TagListingState.Part);
        }
        catch (OperationCanceledException)
        {
            origin.EndAs(TagListingState.Part);
            throw;
        }
        catch
        {
            origin.EndAs(TagListingState.Failed);
            throw;
        }
    }

    async Task<bool> IListingConsumer.TakeAsync(TagPage page, CancellationToken cancellationToken)
    {
        var chosen = match is null ? page.Tags : Matches(page.Tags);
        await context.WriteAsync(page.With(chosen), cancellationToken).ConfigureAwait(false);
        _given += chosen.Count;
        return !HasEnough;
    }

    Task IListingConsumer.FlushAsync(CancellationToken cancellationToken) => context.FlushAsync(cancellationToken);

    Task IListingConsumer.ReadingAgainAsync(string reason, CancellationToken cancellationToken) =>
        context.WriteAsync(new ListingReread(reason), cancellationToken);

    private async Task ReadPageAsync(int pageNo, CancellationToken cancellationToken) => await context.WriteAsync(
        await source.GetPageAsync(pageNo, _selection.PageSize ?? TagSelection.LargestPageSize, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async Task ReadWholeAsync(CancellationToken cancellationToken)
    {
        var listing = new WholeListing(source, this, _selection.PageSize ?? TagSelection.LargestPageSize, PagesAhead);
        try
        {
            await listing.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException exception) when (IsBreak(exception))
        {
            throw ListingFailure.BrokenOff(listing.PageNo, listing.Tags, listing.TotalCount, exception);
        }
    }

    private async Task ReadRangeAsync(CancellationToken cancellationToken)
    {
        var listing = new RangeListing(source, this, _selection, PagesAhead);
        try
        {
            await listing.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException exception) when (IsBreak(exception))
        {
            throw ListingFailure.BrokenOff(listing.PageNo, listing.Tags, listing.TotalCount, exception);
        }
    }

    /// <summary>Whether a failure leaves rows behind that could be taken for the list.</summary>
    private bool IsBreak(CrApiException exception) => _given > 0 && exception is not IncompleteListingException;

    private List<ImageTag> Matches(IReadOnlyList<ImageTag> rows)
    {
        var chosen = new List<ImageTag>();
        foreach (var tag in rows)
        {
            if (!match!(tag.Tag) || _matches++ < _selection.Skip || _given + chosen.Count >= (_selection.First ?? long.MaxValue)) continue;
            chosen.Add(tag);
        }

        return chosen;
    }
}
