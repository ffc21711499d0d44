using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>
/// Reads a range of a list's rows (-First, -Skip). With the first page of the range, it reads page 1 and the page before the range. They show whether
/// the service returns the requested pages. It does not check whether the list changes, because positions are valid only in an unchanged list.
/// TotalCount and PageSize may be wrong. Only a page that is not full proves the end.
/// </summary>
internal sealed class RangeListing<TRow>(IPageSource<TRow> pages, IListingConsumer<TRow> consumer, RowRange selection, int pagesAhead)
{
    private readonly CheckedPages<TRow> _source = new(pages);

    /// <summary>The rows of the pages of the range, and of page 1 if it was read.</summary>
    private readonly SeenKeys _known = new();

    /// <summary>The rows of the first half of each of these pages. A few pushes move rows of the second half to the next page.</summary>
    private readonly SeenKeys _firstHalves = new();
    private Page<TRow>? _front;
    private PagePlan _plan;
    private int _nextPage;
    private bool _exceedsTotal;

    /// <summary>True if the last page is not full, and its TotalCount does not confirm that it is the last one of the list.</summary>
    private bool _isEndDoubtful;

    /// <summary>True if the service repeated a page, and TotalCount has no rows there. A service that ignores PageNo does the same.</summary>
    private bool _isEndRepeated;

    /// <summary>True if the last page has no rows, and begins after its TotalCount.</summary>
    private bool _isEmptyEndDoubtful;
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
        if (_front is not null && first.PageNo > 1) Note(HashesOf(_front));
        if (await TakeAsync(first, cancellationToken).ConfigureAwait(false))
        {
            await consumer.FlushAsync(cancellationToken).ConfigureAwait(false);
            await CheckedPages<TRow>.ReadAheadAsync(
                (pageNo, token) => _source.GetPageAsync(pageNo, _plan.PageSize, token), TotalCount is null ? 1 : pagesAhead,
                first.PageNo + 1, () => LastPage, page => TakeAsync(page, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        if (!_hasEnough && TotalCount is { } total && Rows < _plan.RowsOf(total)) throw ListingFailure.ShortRange(_source.Kind, PageNo - 1, Rows, _plan.RowsOf(total), TotalCount);
        if (_isEndDoubtful) await CheckNothingFollowsAsync(cancellationToken).ConfigureAwait(false);
        if (_isEndRepeated && TotalCount is > 0 and var counted && !await _source.IsEndAfterAsync(counted, _plan.PageSize, cancellationToken).ConfigureAwait(false))
            throw ListingFailure.Repeated(_source.Kind, PageNo - 1, Rows, TotalCount, isRange: true);
        if (_isEmptyEndDoubtful && !await _source.IsEndAfterAsync((PageNo - 2L) * _plan.PageSize, _plan.PageSize, cancellationToken).ConfigureAwait(false))
            throw ListingFailure.OtherRows(_source.Kind, PageNo - 2, Rows, TotalCount, isRange: true);
    }

    /// <summary>Reads the page after a page that ends the list although TotalCount does not confirm it. If it has rows, those of the range are from other positions.</summary>
    private async Task CheckNothingFollowsAsync(CancellationToken cancellationToken)
    {
        var next = await TryReadAsync(_source, PageNo, _plan.PageSize, cancellationToken).ConfigureAwait(false);
        if (next is not null && _known.HasNewOf(HashesOf(next))) throw ListingFailure.RowsBehindEnd(_source.Kind, PageNo - 1, Rows, TotalCount, isRange: true);
    }

    /// <summary>The last page to read, as far as is known. Only a page that is not full proves the end.</summary>
    private int LastPage => TotalCount is not { } total ? _nextPage : Math.Max(_plan.EndPage(total), _nextPage);

    /// <summary>The page size to request. It is less than a full page if the range begins at the first row and needs fewer rows.</summary>
    private int RequestedPageSize => selection.PageSize
        ?? (selection is { Skip: 0, First: < RowRange.LargestPageSize and var first } ? Math.Max(1, (int)first) : RowRange.LargestPageSize);

    /// <summary>Reads the first page of the range. Its number depends on the page size, which only a full page proves.</summary>
    private async Task<Page<TRow>> ReadFirstPageAsync(CancellationToken cancellationToken)
    {
        var requested = RequestedPageSize;
        Plan(requested);
        var (page, front, before) = await ReadWithOthersAsync(cancellationToken).ConfigureAwait(false);
        foreach (var other in new[] { page, front, before })
        {
            if (other?.Rows.Count > requested) throw ListingFailure.TooManyRows(_source.Kind, other.PageNo, Rows, other.TotalCount);
        }

        if (page is { Rows.Count: 0 } && IsAsCounted(page)) return page;
        // A page that is not full may come from a service that limits its pages, whatever PageSize it returns.
        (_front, var pageSize) = front is not null
            ? await _source.CheckFirstPageAsync(front, requested, cancellationToken).ConfigureAwait(false)
            : await _source.ReadFirstPageAsync(requested, cancellationToken).ConfigureAwait(false);
        Plan(pageSize);
        if (PageNo == 1) return _front;
        if (pageSize != requested) (page, _, before) = await ReadWithOthersAsync(cancellationToken).ConfigureAwait(false);
        return await CheckFirstPageAsync(page, before, cancellationToken).ConfigureAwait(false);
    }

    private void Plan(int pageSize)
    {
        _plan = new PagePlan(pageSize, selection.Skip, selection.First);
        PageNo = _plan.FirstPage;
    }

    /// <summary>
    /// Reads the first page of the range, and at the same time page 1 and the page before the range. They show a service that ignores PageNo, or that repeats
    /// page 1 or the last page past the end although TotalCount has rows there. A page is null if the service rejected it. All are null if the range begins on page 1.
    /// </summary>
    private async Task<(Page<TRow>? Page, Page<TRow>? Front, Page<TRow>? Before)> ReadWithOthersAsync(CancellationToken cancellationToken)
    {
        if (PageNo == 1) return (null, null, null);
        var page = TryReadAsync(_source, PageNo, _plan.PageSize, cancellationToken);
        var front = _front is not null ? Task.FromResult<Page<TRow>?>(_front) : TryReadAsync(_source, 1, _plan.PageSize, cancellationToken);
        // If this page is rejected, it is not read in another way, which would cost one more round trip.
        var before = PageNo == 2 ? front : TryReadAsync(pages, PageNo - 1, _plan.PageSize, cancellationToken);
        await Task.WhenAll(page, front, before).ConfigureAwait(false);
        return (await page.ConfigureAwait(false), await front.ConfigureAwait(false), await before.ConfigureAwait(false));
    }

    /// <returns>The page, or null if the service rejected it.</returns>
    private static async Task<Page<TRow>?> TryReadAsync(IPageSource<TRow> source, int pageNo, int pageSize, CancellationToken cancellationToken)
    {
        try
        {
            return await source.GetPageAsync(pageNo, pageSize, cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException exception) when (exception.RejectsPage)
        {
            // Page 1 determines whether such a page is expected.
            return null;
        }
    }

    /// <summary>True if a page agrees with its own PageSize and TotalCount.</summary>
    private bool IsAsCounted(Page<TRow> page) => page.PageSize >= _plan.PageSize && page.TotalCount is { } total && page.Rows.Count == PagePlan.RowsOnPage(page.PageNo, _plan.PageSize, total);

    /// <summary>True if a page has rows of the first half of another one. If rows may be equal, all rows of the page must be on the other one.</summary>
    private bool Repeats(Page<TRow> page, Page<TRow> other) => _source.Kind.HasEqualRows
        ? !HashesOf(page).Except(HashesOf(other)).Any()
        : HashesOf(page).Intersect(FirstHalf(HashesOf(other))).Any();

    private static ulong[] FirstHalf(ulong[] hashes) => [.. hashes.Take((hashes.Length + 1) / 2)];

    private void Note(ulong[] hashes)
    {
        _known.Add(hashes);
        _firstHalves.Add(FirstHalf(hashes));
    }

    /// <summary>
    /// Checks the first page of the range when page 1 is known. Past the end, some services repeat a page, or reject the request, instead of returning
    /// an empty page. The rows must differ from those of page 1 and of the page before.
    /// </summary>
    private async Task<Page<TRow>> CheckFirstPageAsync(Page<TRow>? page, Page<TRow>? before, CancellationToken cancellationToken)
    {
        if (page is { Rows.Count: > 0 } && !Repeats(page, _front!) && (before is null || !Repeats(page, before))) return page;

        // Without a TotalCount that may be right, a page that is not full proves the end.
        var isPastEnd = _front!.TotalCount is { } total && total >= _front.Rows.Count
            ? PagePlan.RowsOnPage(PageNo, _plan.PageSize, total) == 0
            : _front.Rows.Count < _plan.PageSize || before?.Rows.Count < _plan.PageSize;
        // A page before with more rows than TotalCount has there shows that TotalCount is too low.
        isPastEnd &= page is not null || before is null || before.Rows.Count <= RowsCountedOn(before, before.TotalCount);
        if (page is null && !isPastEnd) return await _source.GetPageAsync(PageNo, _plan.PageSize, cancellationToken).ConfigureAwait(false);
        if (page is null || page.Rows.Count == 0) return new Page<TRow>(PageNo, _plan.PageSize, page?.TotalCount ?? _front.TotalCount, []);
        var isKnown = !HashesOf(page).Except([.. HashesOf(_front), .. before is null ? [] : HashesOf(before)]).Any();
        _isEndRepeated = isPastEnd && isKnown;
        return _isEndRepeated ? page.With([]) : throw ListingFailure.Repeated(_source.Kind, PageNo, Rows, page.TotalCount, isRange: true);
    }

    private ulong[] HashesOf(Page<TRow> page) => [.. page.Rows.Select(row => _known.HashOf(_source.Kind.Key(row)))];

    /// <returns>True if further pages may follow.</returns>
    private async Task<bool> TakeAsync(Page<TRow> page, CancellationToken cancellationToken)
    {
        var isAfterEnd = _nextPage > 0 && _nextPage < page.PageNo;
        PageNo = page.PageNo + 1;
        if (page.TotalCount > (TotalCount ?? -1)) TotalCount = page.TotalCount;
        if (page.PageNo > 1 && page.Rows.Count > _plan.PageSize) throw ListingFailure.TooManyRows(_source.Kind, page.PageNo, Rows, TotalCount);
        if (page.PageNo > 1 && !await IsAtItsPositionAsync(page, cancellationToken).ConfigureAwait(false)) throw ListingFailure.OtherPageSize(_source.Kind, page.PageNo, Rows, TotalCount);
        page = CheckRows(page);
        // If page 1 in the requested size is not full, page 2 was read before.
        _isEndDoubtful = page.IsEndDoubtful(_plan.PageSize) && (page.PageNo > 1 || _plan.PageSize != RequestedPageSize);
        // The page before was full, or this one would not have been read.
        _isEmptyEndDoubtful = !isAfterEnd && page.PageNo > _plan.FirstPage && page.IsEmptyEndDoubtful(_plan.PageSize);
        if (isAfterEnd && page.Rows.Count > 0) throw ListingFailure.RowsBehindEnd(_source.Kind, page.PageNo - 1, Rows, TotalCount, isRange: true);
        _nextPage = page.Rows.Count < _plan.PageSize ? page.PageNo : page.PageNo + 1;
        var rows = _plan.Slice(page.PageNo, page.Rows);
        Rows += rows.Count;
        _hasEnough = !await consumer.TakeAsync(page.With(rows), cancellationToken).ConfigureAwait(false) || Rows >= selection.First;
        return !_hasEnough && page.Rows.Count > 0;
    }

    /// <summary>
    /// True if a page has the rows of its position. A page that is not full, with a smaller PageSize than requested, may come from a service that limits its
    /// pages. Its first row is then requested in a page of one row, which no limit changes.
    /// </summary>
    private async Task<bool> IsAtItsPositionAsync(Page<TRow> page, CancellationToken cancellationToken)
    {
        if (page.PageSize >= _plan.PageSize || page.Rows.Count == 0 || page.Rows.Count >= _plan.PageSize) return true;
        var row = Math.Min(int.MaxValue, ((page.PageNo - 1L) * _plan.PageSize) + 1);
        var single = await TryReadAsync(pages, (int)row, 1, cancellationToken).ConfigureAwait(false);
        return single is { Rows: [var first, ..] } && _source.Kind.Key(first) == _source.Kind.Key(page.Rows[0]);
    }

    /// <summary>Returns a page with new rows, or an empty one past the end, where some services repeat a page instead.</summary>
    /// <exception cref="IncompleteListingException">
    /// The page has a row twice or repeats another page, so that its rows are not those at its positions.
    /// </exception>
    private Page<TRow> CheckRows(Page<TRow> page)
    {
        if (page.Rows.Count == 0) return page;
        var hashes = HashesOf(page);
        if (!_source.Kind.HasEqualRows && SeenKeys.RepeatedIn(hashes) is [var (_, row), ..]) throw ListingFailure.ListedTwice(_source.Kind, _source.Kind.Key(page.Rows[row]), page.PageNo, Rows, TotalCount, isRange: true);
        // The first page was compared with those before the range.
        var isRepetition = page.PageNo > _plan.FirstPage && !_known.HasNewOf(hashes);
        if (!isRepetition && (_source.Kind.HasEqualRows || !_firstHalves.HasAnyOf(hashes)))
        {
            Note(hashes);
            _exceedsTotal |= page.Rows.Count > RowsCountedOn(page, page.TotalCount ?? TotalCount);
            return page;
        }

        _isEndRepeated = isRepetition && RowsCountedOn(page, TotalCount) == 0 && !_exceedsTotal;
        return _isEndRepeated ? page.With([]) : throw ListingFailure.Repeated(_source.Kind, page.PageNo, Rows, TotalCount, isRange: true);
    }

    private int RowsCountedOn(Page<TRow> page, long? total) => PagePlan.RowsOnPage(page.PageNo, _plan.PageSize, total ?? long.MaxValue);
}
