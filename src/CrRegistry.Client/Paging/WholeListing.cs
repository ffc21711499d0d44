using System.Globalization;

namespace CrRegistry.Client.Paging;

/// <summary>
/// The rule by which a list is whole or an error. A page is a slice of a list that others push to and delete from while it is read:
/// what crosses the border of two pages between their reading comes twice, or not at all.
/// <para>Read are page 1, then the last page alone, then the rest, then both ends once more. On a sign that something changed, and where
/// the rows are in no order of time, the list is read again; a row that was missed is given then, late and out of order.
/// <c>docs/reliability.md</c> has the reasons, the proof by simulation, and what stays impossible.</para>
/// </summary>
internal sealed class WholeListing<TRow>(
    IPageSource<TRow> source, IListingConsumer<TRow> consumer, int pageSize, int pagesAhead, ListingSigns heeded = ListingSigns.All)
{
    private const int MostRereads = 3;

    /// <summary>Where the rows stay and only their order changes from request to request, each reading finds most of what is missing.</summary>
    private const int MostRereadsOfUnstableOrder = 30;

    private readonly KnownKeys _known = new();
    private readonly RowOrder<TRow> _order = new(source.Kind.Key);
    private ListingPass _firstPass = new(pageSize);
    private int _pageSize = pageSize;
    private long? _firstTotal;
    private long _olderRows;
    private DateTime _begin;
    private bool _rowsMoved;
    private bool _hasEnough;

    /// <summary>The page that is waited for, from 1.</summary>
    public int PageNo { get; private set; } = 1;

    /// <summary>Rows that have come.</summary>
    public long Rows => _known.Count;

    /// <summary>The largest TotalCount so far: the number of pages follows it. Null where none was told.</summary>
    public long? TotalCount { get; private set; }

    /// <summary>Reads the list.</summary>
    /// <exception cref="IncompleteListingException">What came cannot be taken for the whole list.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ReadFirstPassAsync(cancellationToken).ConfigureAwait(false);
        if (_hasEnough) return;
        var reason = SignOf(_firstPass);
        if (reason is null && _firstPass.PagesRead > 1)
            reason = IsOrderOfTimeEnough ? await CompareEndsAsync(cancellationToken).ConfigureAwait(false) : ReasonOfSecondPass;
        if (reason is not null) await ReadAgainUntilSettledAsync(reason, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A push then shows at an end, and a deletion in TotalCount, where there is one.</summary>
    private bool IsOrderOfTimeEnough => _order.IsOfTime && TotalCount is not null;

    private string? ReasonOfSecondPass => Heeds(ListingSigns.SecondPass)
        ? "By its order, or without TotalCount, only a second reading tells whether the list changed meanwhile."
        : null;

    private bool Heeds(ListingSigns sign) => (heeded & sign) != 0;

    private async Task ReadFirstPassAsync(CancellationToken cancellationToken)
    {
        _begin = DateTime.UtcNow;
        var first = await GetPageAsync(1, _pageSize, cancellationToken).ConfigureAwait(false);
        var page = first.Page;
        // The clock that the rows' times are from.
        _begin = page.AnsweredAt?.UtcDateTime ?? _begin;
        _firstTotal = page.TotalCount;
        _known.Expect(page.TotalCount ?? 0);
        // The service's word on the size of a page rules.
        _pageSize = page.PageSize;
        _firstPass = new ListingPass(_pageSize);
        if (!await TakeAsync(_firstPass, first, cancellationToken).ConfigureAwait(false) || LastPageOf(_firstPass) <= 1) return;

        await consumer.FlushAsync(cancellationToken).ConfigureAwait(false);
        PageNo = LastPageOf(_firstPass);
        // As it is before the rest is read, to be compared with what it is after that.
        var last = TotalCount is null ? null : await GetPageAsync(PageNo, _pageSize, cancellationToken).ConfigureAwait(false);
        await ReadAheadAsync(_firstPass, 2, last, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadAgainUntilSettledAsync(string reason, CancellationToken cancellationToken)
    {
        var previous = _firstPass;
        var isOrderUnstable = false;
        for (var rereads = 1; !_hasEnough; rereads++)
        {
            if (rereads > (isOrderUnstable ? MostRereadsOfUnstableOrder : MostRereads)) throw ListingFailure.NotWhole(source.Kind, PageNo - 1, Rows, TotalCount, rereads);
            await consumer.ReadingAgainAsync(reason, cancellationToken).ConfigureAwait(false);
            var pass = new ListingPass(PageSizeOfReread(rereads));
            await ReadAheadAsync(pass, 1, null, cancellationToken).ConfigureAwait(false);
            if (IsSettled(pass, previous)) return;

            _rowsMoved |= pass.PageSize == previous.PageSize && !pass.IsLike(previous);
            isOrderUnstable = !_order.IsKnown && pass.HasTotalOf(previous) && (isOrderUnstable || pass.OlderRowsAdded > 0);
            reason = SignOf(pass) ?? $"The reading before this one may have missed {source.Kind.Noun}.";
            previous = pass;
        }
    }

    /// <summary>
    /// Where rows moved, the borders of the pages lie elsewhere in each reading: what was lost at one is then in the midst of a page.
    /// Rows in an order of their own have to be seen twice alike instead, page by page.
    /// </summary>
    private int PageSizeOfReread(int rereads) => _rowsMoved && _order.IsKnown && rereads <= MostRereads
        ? Math.Max(1, _pageSize * (20 - (3 * rereads)) / 20)
        : _pageSize;

    private async Task<string?> CompareEndsAsync(CancellationToken cancellationToken)
    {
        if (!Heeds(ListingSigns.Ends)) return null;
        var pass = new ListingPass(_pageSize);
        int[] ends = [1, _firstPass.LastPage];
        foreach (var page in await Task.WhenAll(ends.Select(end => GetPageAsync(end, _pageSize, cancellationToken))).ConfigureAwait(false))
            await TakeAsync(pass, page, cancellationToken).ConfigureAwait(false);
        var isCountAlike = !Heeds(ListingSigns.Count) || pass.HasTotalOf(_firstPass);
        if (isCountAlike && Array.TrueForAll(ends, end => pass.HasSamePage(_firstPass, end))) return null;
        _rowsMoved = true;
        return "An end of the list changed while it was read.";
    }

    private Task<bool> ReadAheadAsync(ListingPass pass, int from, KeyedPage<TRow>? held, CancellationToken cancellationToken)
    {
        PageNo = from;
        var ahead = new ReadAhead<KeyedPage<TRow>>(
            (pageNo, token) => pageNo == held?.Page.PageNo ? Task.FromResult(held) : GetPageAsync(pageNo, pass.PageSize, token),
            TotalCount is null ? 1 : pagesAhead);
        return ahead.RunAsync(from, () => LastPageOf(pass), page => TakeAsync(pass, page, cancellationToken), cancellationToken);
    }

    private async Task<KeyedPage<TRow>> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken) =>
        new(await source.GetPageAsync(pageNo, pageSize, cancellationToken).ConfigureAwait(false), source.Kind, _known);

    /// <summary>As far as is known. Where the service gives no TotalCount, an empty page ends the list instead.</summary>
    private int LastPageOf(ListingPass pass) => new PagePlan(pass.PageSize, 0, null).LastPage(TotalCount ?? long.MaxValue);

    /// <returns>Whether anything may still come.</returns>
    private async Task<bool> TakeAsync(ListingPass pass, KeyedPage<TRow> keyed, CancellationToken cancellationToken)
    {
        var page = keyed.Page;
        PageNo = page.PageNo + 1;
        if (page.TotalCount > (TotalCount ?? -1)) TotalCount = page.TotalCount;
        if (page.PageSize < pass.PageSize) _pageSize = page.PageSize;
        pass.NotePage(page, KnownKeys.Fingerprint(keyed.Hashes));
        var areNew = _known.Add(keyed.Hashes);
        for (var row = 0; row < areNew.Length; row++) NoteRow(pass, page.Rows[row], keyed.Times[row], areNew[row]);
        var fresh = Array.TrueForAll(areNew, static isNew => isNew) ? page.Rows : page.Rows.Where((_, row) => areNew[row]).ToArray();
        _hasEnough = !await consumer.TakeAsync(page.With(fresh), cancellationToken).ConfigureAwait(false);
        return !_hasEnough && (TotalCount is not null || areNew.Length > 0);
    }

    private void NoteRow(ListingPass pass, TRow row, DateTime? time, bool isNew)
    {
        // What has no time may be as old as any.
        var isOlder = !(time >= _begin);
        pass.NoteRow(!isNew, isOlder);
        if (isNew && isOlder) _olderRows++;
        if (isNew && pass == _firstPass) _order.Add(row, time);
    }

    /// <summary>What tells that the list changed while a pass read it, or that the pass missed something; null where nothing does.</summary>
    private string? SignOf(ListingPass pass)
    {
        if (pass.IsResized) return "The service changed the size of its pages while the list was read.";
        if (!Heeds(ListingSigns.Count)) return null;
        // In a pass that is not the first, all rows have come before.
        var isMoving = !pass.HasOneTotal || (pass == _firstPass && pass.KnownRows > 0);
        _rowsMoved |= isMoving;
        if (isMoving) return "The list changed while it was read.";
        return HasAllThatAreCounted(pass) ? null : string.Format(CultureInfo.InvariantCulture, "{0} {1} came where TotalCount is {2}.", Rows, source.Kind.Noun, pass.SmallestTotal);
    }

    private bool HasAllThatAreCounted(ListingPass pass) => !(Rows < pass.SmallestTotal);

    /// <summary>Whether no row can be missing, after a pass, that was there all the time.</summary>
    private bool IsSettled(ListingPass pass, ListingPass previous)
    {
        if (pass.IsResized || (Heeds(ListingSigns.Count) && !HasAllThatAreCounted(pass))) return false;
        // Twice the same, and as much as is counted: nothing moved.
        if (pass.IsLike(previous)) return true;
        // As many rows from before the listing as the service counted when it began: these are all.
        if (_olderRows == _firstTotal) return true;
        // One pass that finds nothing more may have lost what the one before it lost. Two do not, since their pages have other borders.
        return _order.IsKnown && pass.OlderRowsAdded == 0 && previous.OlderRowsAdded == 0;
    }
}
