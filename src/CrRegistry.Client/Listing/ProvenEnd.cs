using System.Collections.Concurrent;
using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>
/// Pages of a service that may refuse the page past the last one, which the proof of the end needs. The same rows are then read as a part of
/// the last page, with a page size at which that page is not full. With which code it refuses is not documented: if
/// something else is wrong, the other request fails as well.
/// </summary>
internal sealed class ProvenEnd<TRow>(IPageSource<TRow> source) : IPageSource<TRow>
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
    /// Reads the last rows before a page without rows once more, with a page size at which their page is not full. A service that returns no rows behind a
    /// TotalCount that is too low has then fewer of them.
    /// </summary>
    /// <param name="rows">The number of rows before the page without rows.</param>
    /// <param name="pageSize">The page size of the list.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
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
        catch (CrApiException exception) when (exception.RefusesPage)
        {
            // The service may accept some page sizes only.
            return true;
        }
    }

    private bool IsNextAfterLast(int pageNo, int pageSize) => pageNo > 1 && _totalCount == (long)(pageNo - 1) * pageSize;

    /// <returns>The page, or null if the other page is full: then it does not prove the end.</returns>
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
