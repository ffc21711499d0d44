using CrRegistry.Client.Operations;
using CrRegistry.Client.Work;

namespace CrRegistry.Client.Paging;

/// <summary>
/// Lists a selection of one repository's tags: page by page to the consumer, in the service's order, several pages ahead.
/// The list is whole or it is an error.
/// </summary>
internal sealed class TagListing(
    ITagPageSource source, TagSelection selection, Func<string, bool>? match, TagListingOrigin origin, WorkContext context)
{
    /// <summary>Pages under way or waiting for their turn, for each request under way: a slow page leaves the others something to do.</summary>
    private const int PagesAheadPerRequest = 2;

    private PagePlan _plan;
    private long _rows;
    private long _matches;
    private long _given;
    private long? _total;

    /// <summary>Whether -First was satisfied before all rows were seen, so that a name not seen may still exist.</summary>
    public bool HasEnough => match is not null && selection.First is { } first && _given >= first;

    /// <exception cref="IncompleteListingException">A page failed after rows had been handed on, or the rows are fewer than TotalCount.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (selection.PageNo is { } pageNo) await ReadPageAsync(pageNo, cancellationToken).ConfigureAwait(false);
            else await ReadRangeAsync(cancellationToken).ConfigureAwait(false);
            origin.EndAs(selection.IsWhole ? TagListingState.Whole : TagListingState.Part);
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

    private async Task ReadPageAsync(int pageNo, CancellationToken cancellationToken) => await context.WriteAsync(
        await source.GetPageAsync(pageNo, RequestedPageSize, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async Task ReadRangeAsync(CancellationToken cancellationToken)
    {
        var page = await ReadFirstPageAsync(cancellationToken).ConfigureAwait(false);
        if (!await TakeAsync(page, cancellationToken).ConfigureAwait(false)) return;

        var pageNo = page.PageNo;
        if (LastPage > pageNo)
        {
            // No page is asked for ahead of its need until the first one has been written: a reader may want no more than that.
            await context.FlushAsync(cancellationToken).ConfigureAwait(false);
            var ahead = new ReadAhead(source, _plan.PageSize, _total is null ? 1 : PagesAheadPerRequest * context.ThrottleLimit);
            try
            {
                var more = true;
                await ahead.RunAsync(pageNo + 1, () => LastPage, async next =>
                {
                    more = await TakeAsync(next, cancellationToken).ConfigureAwait(false);
                    pageNo = next.PageNo;
                    return more;
                }, cancellationToken).ConfigureAwait(false);
                if (!more) return;
            }
            catch (CrApiException exception) when (_given > 0)
            {
                throw Incomplete(pageNo + 1, exception);
            }
        }

        if (_total is { } total && _rows < _plan.RowsOf(total)) throw Incomplete(pageNo, null);
    }

    /// <summary>Fewer tags than a page can hold are asked for where no more than that are wanted, from the front and by no name.</summary>
    private int RequestedPageSize => selection.PageSize
        ?? (match is null && selection is { Skip: 0, First: < TagSelection.LargestPageSize and var first } ? Math.Max(1, (int)first) : TagSelection.LargestPageSize);

    /// <summary>The last page to read as far as is known. Where the service gives no TotalCount, an empty page ends the list instead.</summary>
    private int LastPage => _plan.LastPage(_total ?? long.MaxValue);

    private async Task<TagPage> ReadFirstPageAsync(CancellationToken cancellationToken)
    {
        _plan = PlanOf(RequestedPageSize);
        var page = await source.GetPageAsync(_plan.FirstPage, _plan.PageSize, cancellationToken).ConfigureAwait(false);
        if (page.PageSize == _plan.PageSize) return page;

        // The service's word on the size of a page rules, and may put the first row wanted on another page.
        _plan = PlanOf(page.PageSize);
        return page.PageNo == _plan.FirstPage
            ? page
            : await source.GetPageAsync(_plan.FirstPage, _plan.PageSize, cancellationToken).ConfigureAwait(false);
    }

    // Names are matched on this side, so that a selection counts matches and every page has to be read.
    private PagePlan PlanOf(int pageSize) =>
        match is null ? new PagePlan(pageSize, selection.Skip, selection.First) : new PagePlan(pageSize, 0, null);

    /// <summary>Hands on what is wanted of a page.</summary>
    /// <returns>Whether anything may still come.</returns>
    private async Task<bool> TakeAsync(TagPage page, CancellationToken cancellationToken)
    {
        if (page.TotalCount > (_total ?? -1)) _total = page.TotalCount;
        var rows = _plan.Slice(page.PageNo, page.Tags);
        _rows += rows.Count;
        var chosen = match is null ? rows : Matches(rows);
        await context.WriteAsync(page.With(chosen), cancellationToken).ConfigureAwait(false);
        _given += chosen.Count;
        return !HasEnough && (_total is not null || page.Tags.Count > 0);
    }

    private List<ImageTag> Matches(IReadOnlyList<ImageTag> rows)
    {
        var chosen = new List<ImageTag>();
        foreach (var tag in rows)
        {
            if (!match!(tag.Tag) || _matches++ < selection.Skip || _given + chosen.Count >= (selection.First ?? long.MaxValue)) continue;
            chosen.Add(tag);
        }

        return chosen;
    }

    private IncompleteListingException Incomplete(int pageNo, CrApiException? cause)
    {
        var received = $"{_rows} of {_total?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "an unknown number of"} tags";
        var message = cause is null
            ? $"The list of tags ended at page {pageNo} with {received}."
            : $"The list of tags broke off at page {pageNo} after {received}: {cause.Message}";
        return new IncompleteListingException(message, cause)
        {
            Action = cause?.Action ?? "ListRepoTag",
            RequestId = cause?.RequestId,
            HttpStatus = cause?.HttpStatus,
            Recommend = cause?.Recommend,
            PageNo = pageNo,
            RowsReceived = _rows,
            TotalCount = _total,
        };
    }
}
