using System.Globalization;
using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>
/// Reads a complete list, or fails. A page is a slice of a list that others push to and delete from while it is read. A row that crosses the border
/// of two pages between their replies is returned twice, or not at all. TotalCount, PageSize and the Date header may be wrong. They are used to plan
/// the reading. Only the rows decide whether the list is complete.
/// <para>The listing reads page 1, then the last page alone (with the next one if it is full), then the rest, then both ends again.
/// If something changed, or if the rows are not in an order of time, it reads the list again. A missed row is then returned, late and out of order.
/// <c>docs/reliability.md</c> has the reasons, the simulation, and the limits.</para>
/// </summary>
/// <param name="pages">The source of the pages.</param>
/// <param name="consumer">The consumer of the rows.</param>
/// <param name="requestedPageSize">The page size to request, 1 to 100.</param>
/// <param name="pagesAhead">The number of pages that may be requested before they are processed.</param>
internal sealed class CompleteListing<TRow>(
    IPageSource<TRow> pages, IListingConsumer<TRow> consumer, int requestedPageSize, int pagesAhead)
{
    private const int MostRereads = 3;

    /// <summary>
    /// The largest number of further readings if the rows stay the same and only their order changes. Each reading finds most of the missing rows.
    /// </summary>
    private const int MostRereadsOfUnstableOrder = 30;

    /// <summary>The smallest page size from which the sizes of further readings are calculated, unless the service limits its pages.</summary>
    private const int FewestRowsOfReread = 20;

    private readonly CheckedPages<TRow> _source = new(pages);
    private readonly SeenKeys _known = new();
    private readonly EqualRows<TRow>? _equalRows = pages.Kind.HasEqualRows ? new() : null;
    private readonly RowOrder<TRow> _order = new(pages.Kind.Key);
    private ListingPass _firstPass = null!;
    private ListingPass _lastPass = null!;
    private int _pageSize;

    /// <summary>True while TotalCount determines the pages; false if it is missing, or if a page that it requires does not exist.</summary>
    private bool _isPlanned;

    /// <summary>The number of rows before a page without rows. Pages after it are not read ahead, even if TotalCount is higher.</summary>
    private long _emptyFrom = long.MaxValue;

    /// <summary>The number of rows when the listing began; null unless the last page confirmed it.</summary>
    private long? _firstTotal;
    private long _olderRows;
    private DateTime _begin;
    private DateTime? _newestTime;
    private bool _hasEnough;

    /// <summary>In an unstable order, the rows of the readings since all rows had been found for the first time.</summary>
    private SeenKeys? _secondCover;

    /// <summary>The page that is waited for, from 1.</summary>
    public int PageNo { get; private set; } = 1;

    /// <summary>The number of rows that were returned.</summary>
    public long Rows => _equalRows?.Returned ?? _known.Count;

    /// <summary>The largest TotalCount so far, or null if no reply has one.</summary>
    public long? TotalCount { get; private set; }

    /// <summary>Reads the list.</summary>
    /// <exception cref="IncompleteListingException">The received rows may not be the complete list.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        // Only TotalCount shows that no other row was in the place of a repeated one.
        if (!_hasEnough && _source.Kind.IsImmutable && _lastPass != _firstPass && _lastPass.RowsReceived < Rows) throw ListingFailure.Replaced(_source.Kind, _lastPass.LastPage, Rows, TotalCount);
        if (!_hasEnough && _lastPass.ListedTwice is { } twice && TotalCount != Rows) throw ListedTwice(twice.Key, twice.PageNo, Rows);
        if (!_hasEnough) await CheckNothingFollowsAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (pageSize, page) in _source.Proofs)
        {
            if (!_hasEnough) await TakeRestOfProofAsync(page, pageSize, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (await ReadFirstPassAsync(cancellationToken).ConfigureAwait(false)) return;
        var reason = SignOf(_firstPass);
        reason ??= IsOrderOfTimeEnough ? await CompareEndsAsync(cancellationToken).ConfigureAwait(false) : "The order of the rows, or a missing TotalCount, requires a second reading.";
        if (reason is not null) await ReadAgainUntilSettledAsync(reason, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True if the ends and TotalCount show every change. A push then changes an end, and a deletion changes TotalCount.</summary>
    private bool IsOrderOfTimeEnough => _order.IsOfTime && _isPlanned;

    /// <returns>True if the consumer needs no more rows, or if the list is complete.</returns>
    private async Task<bool> ReadFirstPassAsync(CancellationToken cancellationToken)
    {
        _begin = DateTime.UtcNow;
        _source.NotesProofs = true;
        (var page1, _pageSize) = await _source.ReadFirstPageAsync(requestedPageSize, cancellationToken).ConfigureAwait(false);
        var first = new KeyedPage<TRow>(page1, _source.Kind, _known);
        _begin = page1.AnsweredAt?.UtcDateTime ?? _begin;
        _lastPass = _firstPass = new ListingPass(_pageSize, _known);
        _isPlanned = first.Page.TotalCount is not null;
        if (!await TakeAsync(_firstPass, first, cancellationToken).ConfigureAwait(false)) return true;
        if (first.Page.TotalCount == first.Page.Rows.Count && Rows == TotalCount && await IsOnlyPageAsync(first.Page, cancellationToken).ConfigureAwait(false)) return true;

        await consumer.FlushAsync(cancellationToken).ConfigureAwait(false);
        var ends = TotalCount > first.Page.Rows.Count ? await ReadEndAsync(first.Page, cancellationToken).ConfigureAwait(false) : [];
        _source.NotesProofs = false;
        await ReadAheadAsync(_firstPass, 2, ends, cancellationToken).ConfigureAwait(false);
        return _hasEnough;
    }

    /// <summary>
    /// True if page 1 has all rows according to its own TotalCount. It is then a snapshot of the list. If it is full, its end is read again with
    /// another page size, because only a page that is not full proves the end.
    /// </summary>
    private async Task<bool> IsOnlyPageAsync(Page<TRow> page, CancellationToken cancellationToken)
    {
        // Page 1 has been requested again in a smaller size because rows follow it.
        if (_pageSize < requestedPageSize) return _isPlanned = false;
        if (page.Rows.Count < _pageSize) return true;
        await consumer.FlushAsync(cancellationToken).ConfigureAwait(false);
        var size = PagePlan.SizeWithPartialLastPage(page.Rows.Count, _pageSize);
        var isEnd = false;
        try
        {
            var end = await GetPageAsync(PagePlan.PagesOf(page.Rows.Count, size), size, cancellationToken).ConfigureAwait(false);
            // A full page has more rows than TotalCount. If none of them is new, it is page 1 again. After a deletion it may be past the end.
            var isCounted = PagePlan.RowsOnPage(end.Page.PageNo, size, end.Page.TotalCount ?? TotalCount!.Value) > 0;
            if (isCounted && end.Page.Rows.Count >= size && !_known.HasNewOf(end.Hashes)) throw ListingFailure.Repeated(_source.Kind, end.Page.PageNo, Rows, TotalCount);
            isEnd = end.Page.Rows.Count == page.Rows.Count % size && !_known.HasNewOf(end.Hashes);
            if (end.Page.PageSize >= size) return _isPlanned = isEnd;
        }
        catch (CrApiException exception) when (exception.RejectsPage)
        {
            // The service may accept some page sizes only.
        }

        // A service that limits its pages to one row has no page that is not full. One that repeats a full page past the end does not limit them.
        var next = await GetPageAsync(2, _pageSize, cancellationToken).ConfigureAwait(false);
        return _isPlanned = next.Page.Rows.Count == 0 || (isEnd && IsFull(next) && !_known.HasNewOf(next.Hashes));
    }

    /// <summary>
    /// Reads the last page by TotalCount before the rest. Its second reading is compared with it later. If it is full, the next page is read with it,
    /// because only a page that is not full proves the end.
    /// </summary>
    private async Task<KeyedPage<TRow>[]> ReadEndAsync(Page<TRow> first, CancellationToken cancellationToken)
    {
        var plan = new PagePlan(_pageSize, 0, null);
        var total = TotalCount!.Value;
        var pages = await GetPagesAsync([.. new[] { plan.LastPage(total), plan.EndPage(total) }.Distinct()], cancellationToken).ConfigureAwait(false);
        if (IsMissing(pages[0]))
        {
            _isPlanned = false;
            _firstPass.NoteMissingPage(pages[0].Page.Rows.Count > 0, _pageSize);
            return [];
        }

        if (pages.Length > 1 && await IsRepetitionAsync(pages[1], pages[0], total, cancellationToken).ConfigureAwait(false)) pages = [pages[0]];
        foreach (var page in pages) _isPlanned &= IsAsCounted(page);
        foreach (var page in pages) NoteEnd(page.Page, _pageSize);
        if (!_isPlanned) return pages;

        foreach (var page in pages) NoteTotal(page.Page);
        _known.Expect(TotalCount.Value);
        if (pages[0].Page.TotalCount == first.TotalCount) _firstTotal = first.TotalCount;
        return pages;
    }

    /// <summary>True if TotalCount requires a page that does not exist: it is empty, or repeats page 1.</summary>
    private bool IsMissing(KeyedPage<TRow> last)
    {
        var isRepetition = IsFull(last) && !_known.HasNewOf(last.Hashes);
        return RowsCountedOn(last.Page) > 0 && (isRepetition || last.Page.Rows.Count == 0);
    }

    private bool IsFull(KeyedPage<TRow> page) => page.Page.Rows.Count >= _pageSize;

    /// <summary>True if a page has as many rows as its own TotalCount requires.</summary>
    private bool IsAsCounted(KeyedPage<TRow> page) => page.Page.Rows.Count == RowsCountedOn(page.Page);

    /// <summary>
    /// True if a full page past the end has rows of other pages. Some services return page 1 or the last page there. In an unstable order, its rows
    /// differ from those of any other page. The last rows by TotalCount are then read again, with a page size at which the last page is not full.
    /// </summary>
    private async Task<bool> IsRepetitionAsync(KeyedPage<TRow> next, KeyedPage<TRow> last, long total, CancellationToken cancellationToken)
    {
        if (!IsFull(next) || RowsCountedOn(next.Page) > 0) return false;
        // A few deletions between two replies move the rows of a small page to the page before it.
        if (_pageSize >= FewestRowsOfReread && (_firstPass.HasPage(next.Hashes) || next.Hashes.SequenceEqual(last.Hashes))) return true;
        var size = PagePlan.SizeWithPartialLastPage(total, _pageSize);
        // The service may limit its pages.
        if (size > _pageSize) return false;
        try
        {
            var end = await GetPageAsync(PagePlan.PagesOf(total, size), size, cancellationToken).ConfigureAwait(false);
            return end.Page.Rows.Count == total % size;
        }
        catch (CrApiException exception) when (exception.RejectsPage)
        {
            // The service may accept some page sizes only.
            return false;
        }
    }

    private int RowsCountedOn(Page<TRow> page) => PagePlan.RowsOnPage(page.PageNo, _pageSize, page.TotalCount ?? TotalCount!.Value);

    private async Task ReadAgainUntilSettledAsync(string reason, CancellationToken cancellationToken)
    {
        var previous = _firstPass;
        var isSizeConstant = true;
        var isOrderUnstable = false;
        for (var rereads = 1; !_hasEnough; rereads++)
        {
            if (rereads > (isOrderUnstable ? MostRereadsOfUnstableOrder : MostRereads)) throw Unsettled(rereads, isOrderUnstable);
            await consumer.ReadingAgainAsync(reason, cancellationToken).ConfigureAwait(false);
            var pass = _lastPass = new ListingPass(PageSizeOfReread(rereads), new SeenKeys());
            _equalRows?.BeginPass();
            await ReadAheadAsync(pass, 1, [], cancellationToken).ConfigureAwait(false);
            if (!_hasEnough && _equalRows is not null && pass.HasRowsOf(previous)) await ReturnAsync(_equalRows.TakeRest(), cancellationToken).ConfigureAwait(false);
            if (_hasEnough || IsSettled(pass, previous)) return;
            if (pass.LacksPages && previous.LacksPages && !HasAllThatAreCounted(pass)) throw Unsettled(rereads + 1, isOrderUnstable);

            isSizeConstant &= pass.HasTotalOf(previous) && pass.RowsReceived == previous.RowsReceived;
            // If there are more rows than a reading returns, some were deleted. The list then changed, and not only its order.
            isOrderUnstable = !_order.IsKnown && isSizeConstant && Rows <= pass.RowsReceived && !(pass.RowsReceived < pass.SmallestTotal);
            if (isOrderUnstable && IsCovered(pass)) return;
            reason = SignOf(pass) ?? $"The previous reading may have missed {_source.Kind.Noun}.";
            previous = pass;
        }
    }

    private IncompleteListingException Unsettled(int readings, bool isOrderUnstable)
    {
        var lastPage = Math.Max(1, PageNo - 1);
        if (_lastPass.ListedTwice is { } twice) return ListedTwice(twice.Key, twice.PageNo, Rows);
        if (isOrderUnstable) return ListingFailure.Unstable(_source.Kind, lastPage, Rows, TotalCount, readings);
        // An earlier TotalCount may include rows that were deleted since.
        return HasAllThatAreCounted(_lastPass)
            ? ListingFailure.Changing(_source.Kind, lastPage, Rows, TotalCount, readings)
            : ListingFailure.Short(_source.Kind, lastPage, Rows, _lastPass.SmallestTotal, readings);
    }

    private IncompleteListingException ListedTwice(string key, int pageNo, long rows) => ListingFailure.ListedTwice(_source.Kind, key, pageNo, rows, TotalCount);

    /// <summary>
    /// Returns the page size of a further reading. Each reading has other page borders, so that a row that was lost at one is in the middle of a page.
    /// With the same borders, two readings lose the same row if a change is undone between the same two pages of both.
    /// </summary>
    private int PageSizeOfReread(int rereads)
    {
        // Pages of a few rows have borders everywhere. Only a service that limits its pages requires them.
        var largest = _pageSize == requestedPageSize ? Math.Max(_pageSize, FewestRowsOfReread) : _pageSize;
        // 93, 86, 79, 72, 65, 58, 99, ... of 100: all of them differ, and borders of successive readings hardly ever meet.
        var size = Math.Max(1, largest * (100 - (7 * rereads % 48)) / 100);
        // A last page that is not full proves the end, so that no page past it is read.
        while (size > 1 && (Math.Max(1, Rows) % size == 0 || Math.Max(1, TotalCount ?? 1) % size == 0)) size--;
        return size;
    }

    private async Task<string?> CompareEndsAsync(CancellationToken cancellationToken)
    {
        var pass = new ListingPass(_pageSize, new SeenKeys());
        int[] ends = [1, _firstPass.LastPage];
        foreach (var page in await GetPagesAsync(ends, cancellationToken).ConfigureAwait(false)) await TakeAsync(pass, page, cancellationToken).ConfigureAwait(false);
        // The first reading had one TotalCount, or it had a sign.
        if (pass.HasOneTotal && pass.LargestTotal == _firstPass.LargestTotal && Array.TrueForAll(ends, end => pass.HasSamePage(_firstPass, end))) return null;
        return "The beginning or the end of the list changed while it was read.";
    }

    /// <summary>
    /// Reads the page after a last page that TotalCount does not confirm. It has rows if the service limits its pages in some replies, or if a page in the
    /// middle of the list lacks rows.
    /// </summary>
    private async Task CheckNothingFollowsAsync(CancellationToken cancellationToken)
    {
        var lastPage = _lastPass.LastPage;
        if (_lastPass.IsEmptyEndDoubtful && !await _source.IsEndAfterAsync((long)lastPage * _lastPass.PageSize, _lastPass.PageSize, cancellationToken).ConfigureAwait(false))
            throw ListingFailure.OtherRows(_source.Kind, lastPage, Rows, TotalCount);
        // The page after page 1 was read before.
        var isChecked = lastPage == 1 && _pageSize == requestedPageSize && _firstPass is { LastPage: 1, IsEndDoubtful: true };
        if (isChecked || !_lastPass.IsEndDoubtful) return;
        PageNo = lastPage + 1;
        try
        {
            var next = await GetPageAsync(PageNo, _lastPass.PageSize, cancellationToken).ConfigureAwait(false);
            // Some services repeat a page past the end, which has rows of this reading and pushed ones.
            var hashes = next.Hashes.Where((_, row) => !IsNewerThanListing(next.Times[row])).ToArray();
            if (_lastPass.Keys.HasNewOf(hashes)) throw ListingFailure.RowsBehindEnd(_source.Kind, lastPage, Rows, TotalCount);
        }
        catch (CrApiException exception) when (exception.RejectsPage)
        {
            // There is no such page.
        }
    }

    /// <summary>Returns the rows of a proof that were on no page. They have been deleted, unless the service returns them again.</summary>
    private async Task TakeRestOfProofAsync(Page<TRow> proof, int pageSize, CancellationToken cancellationToken)
    {
        var keyed = new KeyedPage<TRow>(proof, _source.Kind, _known);
        if (!_known.HasNewOf(keyed.Hashes)) return;
        var again = await GetPageAsync(proof.PageNo, pageSize, cancellationToken).ConfigureAwait(false);
        if (_known.HasNewOf([.. keyed.Hashes.Intersect(again.Hashes)])) throw ListingFailure.OtherRows(_source.Kind, _lastPass.LastPage, Rows, TotalCount);
        var areNew = _known.Add(keyed.Hashes);
        _hasEnough = !await consumer.TakeAsync(proof.With([.. proof.Rows.Where((_, row) => areNew[row])]), cancellationToken).ConfigureAwait(false);
    }

    private async Task ReturnAsync(List<TRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count > 0) _hasEnough = !await consumer.TakeAsync(new Page<TRow>(_lastPass.LastPage, _lastPass.PageSize, TotalCount, rows), cancellationToken).ConfigureAwait(false);
    }

    private Task<bool> ReadAheadAsync(ListingPass pass, int from, KeyedPage<TRow>[] held, CancellationToken cancellationToken)
    {
        PageNo = from;
        return CheckedPages<TRow>.ReadAheadAsync(
            (pageNo, token) => Array.Find(held, page => page.Page.PageNo == pageNo) is { } page ? Task.FromResult(page) : GetPageAsync(pageNo, pass.PageSize, token),
            _isPlanned ? pagesAhead : 1, from, () => LastPageOf(pass), page => TakeAsync(pass, page, cancellationToken), cancellationToken);
    }

    private async Task<KeyedPage<TRow>> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken) =>
        new(await _source.GetPageAsync(pageNo, pageSize, cancellationToken).ConfigureAwait(false), _source.Kind, _known);

    /// <summary>Reads pages at the same time. If one fails, <see cref="PageNo"/> is its number.</summary>
    private async Task<KeyedPage<TRow>[]> GetPagesAsync(int[] pageNos, CancellationToken cancellationToken)
    {
        var pages = Array.ConvertAll(pageNos, pageNo => GetPageAsync(pageNo, _pageSize, cancellationToken));
        await Task.WhenAny(Task.WhenAll(pages)).ConfigureAwait(false);
        for (var page = 0; page < pages.Length; page++)
        {
            PageNo = pageNos[page];
            await pages[page].ConfigureAwait(false);
        }

        return await Task.WhenAll(pages).ConfigureAwait(false);
    }

    /// <summary>The last page to read, as far as is known. The first reading reads the page that proves the end together with the last one.</summary>
    private int LastPageOf(ListingPass pass)
    {
        if (!_isPlanned || pass.PagesRepeated > 0) return pass.NextPage;
        var plan = new PagePlan(pass.PageSize, 0, null);
        if (_emptyFrom < TotalCount) return Math.Max(plan.EndPage(_emptyFrom), pass.NextPage);
        return pass == _firstPass ? plan.LastPage(TotalCount!.Value) : plan.EndPage(TotalCount!.Value);
    }

    /// <returns>True if further pages may follow.</returns>
    private async Task<bool> TakeAsync(ListingPass pass, KeyedPage<TRow> keyed, CancellationToken cancellationToken)
    {
        var page = keyed.Page;
        PageNo = page.PageNo + 1;
        NoteTotal(page);
        NoteEnd(page, pass.PageSize);
        var hashes = keyed.Hashes;
        // Past the end, some services repeat a page instead of returning an empty one. A page that is not full is not a repetition, because the last
        // page was full.
        if (_isPlanned && page.Rows.Count >= pass.PageSize && pass.RowsReceived <= page.TotalCount && PagePlan.RowsOnPage(page.PageNo, pass.PageSize, page.TotalCount.Value) == 0 && pass.HasPage(hashes)) (page, hashes) = (page.With([]), []);

        var rowsBefore = Rows;
        var areNew = _known.Add(hashes);
        var areNewToPass = pass.Keys == _known ? areNew : pass.Keys.Add(hashes);
        if (_equalRows is null && Array.Exists(areNewToPass, static isNew => !isNew)) CheckRepeated(pass, keyed, rowsBefore);
        _secondCover?.Add(hashes);
        pass.Add(page, hashes, keyed.Times, areNewToPass.Count(static isNew => isNew));
        if (page.PageNo == 1 && pass.IsResized) _pageSize = Math.Min(_pageSize, page.Rows.Count);
        _order.HasTieAtBorder |= pass.HasTieAtBorder;
        _isPlanned &= !pass.ExceedsTotal;
        for (var row = 0; row < areNew.Length; row++)
        {
            if (areNew[row]) NoteNewRow(pass, page, row, keyed.Times[row]);
        }

        var fresh = _equalRows is not null ? _equalRows.Take(page.Rows, hashes)
            : Array.TrueForAll(areNew, static isNew => isNew) ? page.Rows : page.Rows.Where((_, row) => areNew[row]).ToArray();
        _hasEnough = !await consumer.TakeAsync(page.With(fresh), cancellationToken).ConfigureAwait(false);
        // A service may repeat pages past the end, where TotalCount agrees that it is the end.
        if (pass.HasRepeatedPages && TotalCount != Rows) throw ListingFailure.Repeated(_source.Kind, page.PageNo, Rows, TotalCount);
        return !pass.HasRepeatedPages && !_hasEnough && areNew.Length > 0;
    }

    /// <summary>
    /// Checks rows of one reply that have the same key. A list that changes returns a row on two pages, but not twice in a reply. Different rows
    /// cannot be distinguished then. The same row twice may be in the place of another one, which a further reading returns.
    /// </summary>
    private void CheckRepeated(ListingPass pass, KeyedPage<TRow> keyed, long rowsBefore)
    {
        foreach (var (earlier, later) in SeenKeys.RepeatedIn(keyed.Hashes))
        {
            var row = keyed.Page.Rows[later];
            pass.ListedTwice ??= (_source.Kind.Key(row), keyed.Page.PageNo);
            var areSame = keyed.Times[earlier] == keyed.Times[later] && _source.Kind.Content(keyed.Page.Rows[earlier]) == _source.Kind.Content(row);
            if (!areSame) throw ListedTwice(_source.Kind.Key(row), keyed.Page.PageNo, rowsBefore);
        }
    }

    private void NoteTotal(Page<TRow> page) => TotalCount = page.TotalCount > (TotalCount ?? -1) ? page.TotalCount : TotalCount;

    private void NoteEnd(Page<TRow> page, int pageSize)
    {
        var start = (page.PageNo - 1L) * pageSize;
        if (page.Rows.Count == 0) _emptyFrom = Math.Min(_emptyFrom, Math.Min(start, page.TotalCount ?? start));
        else if (start + page.Rows.Count > _emptyFrom) _emptyFrom = long.MaxValue;
    }

    private void NoteNewRow(ListingPass pass, Page<TRow> page, int row, DateTime? time)
    {
        if ((pass == _firstPass && page.PageNo == 1) || time < _newestTime) _olderRows++;
        if (pass == _firstPass)
        {
            _order.Add(page.Rows[row], time);
            if (!(time <= _newestTime)) _newestTime = time ?? _newestTime;
        }
        else if (!IsNewerThanListing(time))
        {
            pass.OlderRowsAdded++;
        }
    }

    /// <summary>
    /// True if a row was certainly pushed after the first replies. In an order of time, the first replies have the newest row, on page 1 or on the last
    /// page if that is known. All times of rows are from the same clock. Otherwise the newest row may have been missed, so that Date must agree.
    /// </summary>
    private bool IsNewerThanListing(DateTime? time) => time > _newestTime && (_order.IsNewestFirst || IsOrderOfTimeEnough || time >= _begin);

    /// <summary>Returns the sign that the list changed during a reading, or that the reading missed rows; null if there is none.</summary>
    private string? SignOf(ListingPass pass)
    {
        if (pass.IsResized) return "The service changed the size of its pages while the list was read.";
        if (!pass.HasOneTotal || pass.RowsRepeated > 0) return "The list changed while it was read.";
        if (pass.ExceedsTotal && pass.LastPage > 1) return "The list has more rows than TotalCount.";
        return HasAllThatAreCounted(pass) ? null : string.Format(CultureInfo.InvariantCulture, "TotalCount is {2}, but the number of returned {1} is {0}.", Rows, _source.Kind.Noun, pass.SmallestTotal);
    }

    private bool HasAllThatAreCounted(ListingPass pass) => !(Rows < pass.SmallestTotal);

    /// <summary>True if no row that existed during the whole reading can be missing.</summary>
    private bool IsSettled(ListingPass pass, ListingPass previous)
    {
        if (pass.IsResized || !HasAllThatAreCounted(pass)) return false;
        // Both readings returned the same rows on other pages, each once, and as many as the largest TotalCount. No row was at a border of both.
        var areOnce = pass.RowsRepeated == 0 && previous.RowsRepeated == 0;
        if ((areOnce || _equalRows is not null) && pass.HasRowsOf(previous) && !(Rows < pass.LargestTotal) && !(Rows < previous.LargestTotal)) return true;
        // As many rows from before the listing as the service counted when it began. Page 1 had the newest one of them, which distinguishes them from
        // later rows.
        if (_order is { IsOfTime: true, IsNewestFirst: true } && _olderRows == _firstTotal) return true;
        // One reading that finds nothing more may have lost the same rows as the one before it. Two do not, since their pages have other borders.
        return _order.IsKnown && previous != _firstPass && pass.OlderRowsAdded == 0 && previous.OlderRowsAdded == 0;
    }

    /// <summary>
    /// True if the readings found all rows twice, independently, and no others. Once is not enough. A deleted row and a row that was pushed in its
    /// place count as two, and hide one that is still missing.
    /// </summary>
    private bool IsCovered(ListingPass pass)
    {
        if (Rows != pass.RowsReceived || !HasAllThatAreCounted(pass)) return false;
        if (_secondCover?.Count == pass.RowsReceived) return true;
        _secondCover ??= new SeenKeys();
        return false;
    }
}
