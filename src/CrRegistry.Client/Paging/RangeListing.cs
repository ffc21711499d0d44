using CrRegistry.Client.Operations;

namespace CrRegistry.Client.Paging;

/// <summary>
/// Reads a range of a list's rows (-First, -Skip), and only the pages that hold it. Whether the list changed meanwhile is not looked at:
/// places in a list mean something only while it stays as it is.
/// </summary>
internal sealed class RangeListing<TRow>(IPageSource<TRow> source, IListingConsumer<TRow> consumer, ListSelection selection, int pagesAhead)
{
    private PagePlan _plan;

    /// <summary>The page that is waited for, from 1.</summary>
    public int PageNo { get; private set; } = 1;

    /// <summary>Rows of the range that have come.</summary>
    public long Rows { get; private set; }

    /// <summary>The largest TotalCount so far; null where none was told.</summary>
    public long? TotalCount { get; private set; }

    /// <exception cref="IncompleteListingException">Fewer rows of the range came than the service counts.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var first = await ReadFirstPageAsync(cancellationToken).ConfigureAwait(false);
        if (!await TakeAsync(first, cancellationToken).ConfigureAwait(false)) return;
        if (LastPage > first.PageNo)
        {
            await consumer.FlushAsync(cancellationToken).ConfigureAwait(false);
            var ahead = new ReadAhead<ListPage<TRow>>((pageNo, token) => source.GetPageAsync(pageNo, _plan.PageSize, token), TotalCount is null ? 1 : pagesAhead);
            if (!await ahead.RunAsync(first.PageNo + 1, () => LastPage, page => TakeAsync(page, cancellationToken), cancellationToken).ConfigureAwait(false)) return;
        }

        if (TotalCount is { } total && Rows < _plan.RowsOf(total)) throw ListingFailure.Short(source.Kind, PageNo - 1, Rows, TotalCount);
    }

    /// <summary>As far as is known. Where the service gives no TotalCount, an empty page ends the list instead.</summary>
    private int LastPage => _plan.LastPage(TotalCount ?? long.MaxValue);

    /// <summary>Fewer rows than a page can hold are asked for where no more than that are wanted, from the front.</summary>
    private int RequestedPageSize => selection.PageSize
        ?? (selection is { Skip: 0, First: < ListSelection.LargestPageSize and var first } ? Math.Max(1, (int)first) : ListSelection.LargestPageSize);

    private async Task<ListPage<TRow>> ReadFirstPageAsync(CancellationToken cancellationToken)
    {
        var page = await ReadFirstPageAsync(RequestedPageSize, cancellationToken).ConfigureAwait(false);
        if (page.PageSize == _plan.PageSize) return page;

        // The service's word on the size of a page rules, and may put the first row wanted on another page.
        var asked = page.PageNo;
        _plan = PlanOf(page.PageSize);
        return asked == _plan.FirstPage ? page : await ReadFirstPageAsync(page.PageSize, cancellationToken).ConfigureAwait(false);
    }

    private Task<ListPage<TRow>> ReadFirstPageAsync(int pageSize, CancellationToken cancellationToken)
    {
        _plan = PlanOf(pageSize);
        PageNo = _plan.FirstPage;
        return source.GetPageAsync(PageNo, pageSize, cancellationToken);
    }

    private PagePlan PlanOf(int pageSize) => new(pageSize, selection.Skip, selection.First);

    /// <returns>Whether anything may still come.</returns>
    private async Task<bool> TakeAsync(ListPage<TRow> page, CancellationToken cancellationToken)
    {
        PageNo = page.PageNo + 1;
        if (page.TotalCount > (TotalCount ?? -1)) TotalCount = page.TotalCount;
        var rows = _plan.Slice(page.PageNo, page.Rows);
        Rows += rows.Count;
        return await consumer.TakeAsync(page.With(rows), cancellationToken).ConfigureAwait(false) && (TotalCount is not null || page.Rows.Count > 0);
    }
}
