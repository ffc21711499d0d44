using CrRegistry.Client.Operations;

namespace CrRegistry.Client.Paging;

/// <summary>
/// Reads a range of a list's rows (-First, -Skip), and only the pages that hold it. It does not check whether the list changes meanwhile:
/// positions in a list mean something only while it stays as it is. TotalCount and PageSize are claims: only a page that is not full proves the end.
/// </summary>
internal sealed class RangeListing<TRow>(IPageSource<TRow> pages, IListingConsumer<TRow> consumer, ListSelection selection, int pagesAhead)
{
    private readonly ProvenEnd<TRow> _source = new(pages);
    private readonly KnownKeys _known = new();
    private ListPage<TRow>? _front;
    private PagePlan _plan;
    private int _nextPage;
    private bool _exceedsTotal;
    private bool _hasEnough;

    /// <summary>The page that is waited for, from 1.</summary>
    public int PageNo { get; private set; } = 1;

    /// <summary>The number of rows of the range that were returned.</summary>
    public long Rows { get; private set; }

    /// <summary>The largest TotalCount so far, or null if no reply has one.</summary>
    public long? TotalCount { get; private set; }

    /// <exception cref="IncompleteListingException">The service has rows of the range that it did not return.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var first = await ReadFirstPageAsync(cancellationToken).ConfigureAwait(false);
        if (await TakeAsync(first, cancellationToken).ConfigureAwait(false))
        {
            await consumer.FlushAsync(cancellationToken).ConfigureAwait(false);
            var ahead = new ReadAhead<ListPage<TRow>>((pageNo, token) => _source.GetPageAsync(pageNo, _plan.PageSize, token), TotalCount is null ? 1 : pagesAhead);
            await ahead.RunAsync(first.PageNo + 1, () => LastPage, page => TakeAsync(page, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        if (!_hasEnough && TotalCount is { } total && Rows < _plan.RowsOf(total)) throw ListingFailure.Short(_source.Kind, PageNo - 1, Rows, TotalCount);
    }

    /// <summary>The last page to read, as far as is known: only a page that is not full proves the end.</summary>
    private int LastPage => TotalCount is not { } total ? _nextPage : Math.Max(_plan.EndPage(total), _nextPage);

    /// <summary>Fewer rows than a page can hold are requested if no more are wanted, from the front.</summary>
    private int RequestedPageSize => selection.PageSize
        ?? (selection is { Skip: 0, First: < ListSelection.LargestPageSize and var first } ? Math.Max(1, (int)first) : ListSelection.LargestPageSize);

    /// <summary>Reads the first page of the range. Which one that is depends on the page size, of which only page 1 is a proof.</summary>
    private async Task<ListPage<TRow>> ReadFirstPageAsync(CancellationToken cancellationToken)
    {
        var requested = RequestedPageSize;
        Plan(requested);
        var page = PageNo > 1 ? await TryReadAsync(cancellationToken).ConfigureAwait(false) : null;
        // A page that is neither full nor empty may come from a service that limits its pages, whatever PageSize it returns.
        if (page is not null && IsAsCounted(page) && (page.Rows.Count == 0 || page.Rows.Count == requested)) return page;

        (_front, var pageSize) = await PageSizeCheck.ReadFirstPageAsync(_source, requested, cancellationToken).ConfigureAwait(false);
        Plan(pageSize);
        if (PageNo == 1) return _front;
        if (_plan.PageSize != requested) page = await TryReadAsync(cancellationToken).ConfigureAwait(false);
        return await CheckUncountedAsync(page, cancellationToken).ConfigureAwait(false);
    }

    private void Plan(int pageSize)
    {
        _plan = new PagePlan(pageSize, selection.Skip, selection.First);
        PageNo = _plan.FirstPage;
    }

    /// <returns>The page, or null if the service refused it.</returns>
    private async Task<ListPage<TRow>?> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _source.GetPageAsync(PageNo, _plan.PageSize, cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException exception) when (exception.RefusesPage)
        {
            // Page 1 tells whether such a page is to be expected.
            return null;
        }
    }

    /// <summary>True if a page agrees with its own PageSize and TotalCount.</summary>
    private bool IsAsCounted(ListPage<TRow> page) => page.PageSize >= _plan.PageSize && page.TotalCount is { } total && page.Rows.Count == PagePlan.RowsOnPage(page.PageNo, _plan.PageSize, total);

    /// <summary>
    /// Checks a page that TotalCount does not vouch for. Past the end, some services repeat a page, or refuse, instead of returning an empty one: the rows
    /// must be others than those of page 1 and of the page before.
    /// </summary>
    private async Task<ListPage<TRow>> CheckUncountedAsync(ListPage<TRow>? page, CancellationToken cancellationToken)
    {
        var isCounted = PagePlan.RowsOnPage(PageNo, _plan.PageSize, _front!.TotalCount ?? long.MaxValue) > 0;
        if (page is null) return isCounted ? await _source.GetPageAsync(PageNo, _plan.PageSize, cancellationToken).ConfigureAwait(false) : new ListPage<TRow>(PageNo, _plan.PageSize, _front.TotalCount, []);
        if (page.Rows.Count == 0) return page;

        _known.Add(HashesOf(_front));
        if (IsAsCounted(page) && _known.HasNewOf(HashesOf(page))) return page;
        if (PageNo > 2) _known.Add(HashesOf(await _source.GetPageAsync(PageNo - 1, _plan.PageSize, cancellationToken).ConfigureAwait(false)));
        if (_known.HasNewOf(HashesOf(page))) return page;
        return isCounted ? throw ListingFailure.Repeated(_source.Kind, PageNo, Rows, page.TotalCount) : page.With([]);
    }

    /// <summary>Reads page 1, so that it is known when the service repeats it past the end.</summary>
    private async Task ReadFrontAsync(CancellationToken cancellationToken)
    {
        if (_plan.FirstPage == 1) return;
        _front ??= await _source.GetPageAsync(1, _plan.PageSize, cancellationToken).ConfigureAwait(false);
        _known.Add(HashesOf(_front));
    }

    private ulong[] HashesOf(ListPage<TRow> page) => [.. page.Rows.Select(row => _known.HashOf(_source.Kind.Key(row)))];

    /// <returns>True if more may come.</returns>
    private async Task<bool> TakeAsync(ListPage<TRow> page, CancellationToken cancellationToken)
    {
        PageNo = page.PageNo + 1;
        if (page.TotalCount > (TotalCount ?? -1)) TotalCount = page.TotalCount;
        page = await CheckRowsAsync(page, cancellationToken).ConfigureAwait(false);
        _nextPage = page.Rows.Count < _plan.PageSize ? page.PageNo : page.PageNo + 1;
        var rows = _plan.Slice(page.PageNo, page.Rows);
        Rows += rows.Count;
        _hasEnough = !await consumer.TakeAsync(page.With(rows), cancellationToken).ConfigureAwait(false) || Rows >= selection.First;
        return !_hasEnough && page.Rows.Count > 0;
    }

    /// <summary>Returns a page with new rows, or an empty one past the end, where some services repeat a page instead.</summary>
    /// <exception cref="IncompleteListingException">All rows of the page came before, and TotalCount has others there.</exception>
    private async Task<ListPage<TRow>> CheckRowsAsync(ListPage<TRow> page, CancellationToken cancellationToken)
    {
        if (page.Rows.Count == 0) return page;
        var rowsCounted = PagePlan.RowsOnPage(page.PageNo, _plan.PageSize, page.TotalCount ?? TotalCount ?? long.MaxValue);
        if (rowsCounted == 0 || TotalCount is null) await ReadFrontAsync(cancellationToken).ConfigureAwait(false);
        var hashes = HashesOf(page);
        if (_known.HasNewOf(hashes) || page.PageNo == _plan.FirstPage)
        {
            _known.Add(hashes);
            _exceedsTotal |= page.Rows.Count > rowsCounted;
            return page;
        }

        return rowsCounted == 0 && !_exceedsTotal ? page.With([]) : throw ListingFailure.Repeated(_source.Kind, page.PageNo, Rows, TotalCount);
    }
}
