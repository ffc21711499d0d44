using System.Collections.Concurrent;
using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>
/// The pages of a list, with the checks that every reading of a list needs, because the numbers of the service may be wrong.
/// <para>Page 1 may have fewer rows than requested while TotalCount is missing or too low, or while PageSize shows a full page although TotalCount has no
/// more rows. It may be the complete list, or the service may limit its pages. Page 2 shows which.</para>
/// <para>The service may reject the page after the last one, which the proof of the end needs. The same rows are then read as a part of the last page,
/// with a page size at which that page is not full. The code of the rejection is not documented. If it has another reason, the other request fails as well.</para>
/// </summary>
internal sealed class CheckedPages<TRow>(IPageSource<TRow> source) : IPageSource<TRow>
{
    private readonly ConcurrentQueue<(int PageSize, Page<TRow> Page)> _proofs = new();
    private long? _totalCount;

    /// <summary>True if pages are noted as proofs.</summary>
    public bool NotesProofs { get; set; }

    /// <summary>The pages that were read as a proof, and the page sizes that were requested. Their rows must be on the pages of the list as well.</summary>
    public IEnumerable<(int PageSize, Page<TRow> Page)> Proofs => _proofs;

    public RowKind<TRow> Kind => source.Kind;

    public async Task<Page<TRow>> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken)
    {
        try
        {
            var page = await source.GetPageAsync(pageNo, pageSize, cancellationToken).ConfigureAwait(false);
            if (page.TotalCount is { } total) _totalCount = total;
            if (NotesProofs) _proofs.Enqueue((pageSize, page));
            return page;
        }
        catch (CrApiException) when (IsNextAfterLast(pageNo, pageSize))
        {
            if (await ReadOverlappingAsync(pageNo, pageSize, cancellationToken).ConfigureAwait(false) is { } page) return page;
            throw;
        }
    }

    /// <summary>
    /// Reads page 1 with the effective page size. All pages are requested with the same size, because the order within equal times may depend on
    /// PageSize.
    /// </summary>
    /// <returns>Page 1 and the effective page size.</returns>
    /// <exception cref="IncompleteListingException">
    /// Page 2 has rows, and TotalCount is not a number, so that the reply is not trusted. Or page 1 has fewer rows when it is read again, and would end
    /// the list.
    /// </exception>
    public async Task<(Page<TRow> First, int PageSize)> ReadFirstPageAsync(int requestedPageSize, CancellationToken cancellationToken)
    {
        var first = await GetPageAsync(1, requestedPageSize, cancellationToken).ConfigureAwait(false);
        return await CheckFirstPageAsync(first, requestedPageSize, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks a page 1 that was read in the requested size, and reads it again if the effective size is another one.</summary>
    /// <inheritdoc cref="ReadFirstPageAsync"/>
    public async Task<(Page<TRow> First, int PageSize)> CheckFirstPageAsync(Page<TRow> first, int requestedPageSize, CancellationToken cancellationToken)
    {
        var pageSize = await EffectiveSizeAsync(first, requestedPageSize, cancellationToken).ConfigureAwait(false);
        if (pageSize == requestedPageSize) return (first, pageSize);
        var again = await GetPageAsync(1, pageSize, cancellationToken).ConfigureAwait(false);
        var isFollowed = first.Rows.Count == pageSize && first.TotalCount != pageSize;
        if (isFollowed && again.Rows.Count < pageSize && !(again.TotalCount >= again.Rows.Count)) throw ListingFailure.RowsBehindEnd(Kind, 1, again.Rows.Count, again.TotalCount);
        return (again, pageSize);
    }

    /// <summary>True if rows may follow a page 1 with fewer rows than requested: page 2 has rows, or could not be read.</summary>
    public async Task<bool> MayBeFollowedAsync(Page<TRow> first, int requestedPageSize, CancellationToken cancellationToken)
    {
        var pageSize = first.EffectiveSize(requestedPageSize);
        if (first.TotalCount >= first.Rows.Count || !IsEndDoubtful(first, pageSize)) return false;
        try
        {
            return IsFollowed(first, await ReadSecondPageAsync(pageSize, cancellationToken).ConfigureAwait(false));
        }
        catch (CrApiException)
        {
            // The requested rows were received. Only the warning depends on page 2.
            return true;
        }
    }

    /// <summary>
    /// Reads the last rows before a page without rows once more, with a page size at which their page is not full. A service that returns no rows after
    /// a too low TotalCount then returns fewer of them.
    /// </summary>
    /// <param name="rows">The number of rows before the page without rows.</param>
    /// <param name="pageSize">The page size of the list.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>False if the rows are not the last ones.</returns>
    public async Task<bool> IsEndAfterAsync(long rows, int pageSize, CancellationToken cancellationToken)
    {
        var size = PagePlan.SizeWithPartialLastPage(rows, pageSize);
        // The service may limit its pages.
        if (size > pageSize) return true;
        try
        {
            var page = await source.GetPageAsync(PagePlan.PagesOf(rows, size), size, cancellationToken).ConfigureAwait(false);
            _proofs.Enqueue((size, page));
            return page.Rows.Count > 0 && page.Rows.Count < size;
        }
        catch (CrApiException exception) when (exception.RejectsPage)
        {
            // The service may accept some page sizes only.
            return true;
        }
    }

    /// <summary>Reads consecutive pages, several at a time, and passes them on in order.</summary>
    /// <param name="read">Reads a page.</param>
    /// <param name="pagesAhead">The number of pages that may be requested before they are processed.</param>
    /// <param name="from">The first page.</param>
    /// <param name="to">Returns the last page. It is called again after each page, because a page may show that there are more.</param>
    /// <param name="take">Processes each page in order. Its result is false to end the reading.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>False if <paramref name="take"/> ended it.</returns>
    public static async Task<bool> ReadAheadAsync<TPage>(
        Func<int, CancellationToken, Task<TPage>> read, int pagesAhead, int from, Func<int> to, Func<TPage, Task<bool>> take, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<TPage>>();
        var next = from;
        try
        {
            while (true)
            {
                while (underWay.Count < pagesAhead && next <= to()) underWay.Enqueue(read(next++, stop.Token));
                if (underWay.Count == 0) return true;
                if (!await take(await underWay.Dequeue().ConfigureAwait(false)).ConfigureAwait(false)) return false;
            }
        }
        finally
        {
            stop.Cancel();
            // No request is left running. Exceptions of abandoned requests are ignored.
            await Task.WhenAny(Task.WhenAll(underWay)).ConfigureAwait(false);
        }
    }

    private async Task<int> EffectiveSizeAsync(Page<TRow> first, int requestedPageSize, CancellationToken cancellationToken)
    {
        var pageSize = first.EffectiveSize(requestedPageSize);
        if (!IsEndDoubtful(first, pageSize)) return pageSize;
        var second = await ReadSecondPageAsync(pageSize, cancellationToken).ConfigureAwait(false);
        if (second?.Rows.Count > 0 && first.HasInvalidTotalCount) throw ListingFailure.RowsBehindEnd(Kind, 1, first.Rows.Count, first.TotalCount);
        return IsFollowed(first, second) ? first.Rows.Count : pageSize;
    }

    private static bool IsEndDoubtful(Page<TRow> first, int pageSize) =>
        first.Rows.Count > 0 && first.Rows.Count < pageSize && (!(first.TotalCount >= first.Rows.Count) || first.PageSize <= first.Rows.Count);

    /// <returns>The page, or null if there is none.</returns>
    private async Task<Page<TRow>?> ReadSecondPageAsync(int pageSize, CancellationToken cancellationToken)
    {
        try
        {
            return await GetPageAsync(2, pageSize, cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException exception) when (exception.RejectsPage)
        {
            return null;
        }
    }

    /// <summary>True if page 2 has other rows. Past the end, some services repeat a page instead of returning an empty one.</summary>
    private bool IsFollowed(Page<TRow> first, Page<TRow>? second) =>
        second?.Rows.Count > 0 && !new HashSet<string>(first.Rows.Select(Kind.Key), StringComparer.Ordinal).SetEquals(second.Rows.Select(Kind.Key));

    private bool IsNextAfterLast(int pageNo, int pageSize) => pageNo > 1 && _totalCount == (long)(pageNo - 1) * pageSize;

    /// <returns>The page; null if the other page is full, because it then does not prove the end.</returns>
    private async Task<Page<TRow>?> ReadOverlappingAsync(int pageNo, int pageSize, CancellationToken cancellationToken)
    {
        var total = _totalCount!.Value;
        var size = PagePlan.SizeWithPartialLastPage(total, pageSize);
        var page = await source.GetPageAsync(PagePlan.PagesOf(total, size), size, cancellationToken).ConfigureAwait(false);
        _proofs.Enqueue((size, page));
        var counted = (int)(total % size);
        if (page.Rows.Count >= size || (page.PageSize < size && page.Rows.Count != counted)) return null;
        var rows = page.Rows.Skip(counted).ToArray();
        return new Page<TRow>(pageNo, pageSize, page.TotalCount, rows) { AnsweredAt = page.AnsweredAt };
    }
}
