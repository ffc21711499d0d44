using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>The record of one reading of a list's pages.</summary>
/// <param name="pageSize">The page size that is requested.</param>
/// <param name="keys">The set to which the keys of this reading's rows are added.</param>
internal sealed class ListingPass(int pageSize, SeenKeys keys)
{
    /// <summary>One page may repeat another because rows were pushed before it.</summary>
    private const int MostPagesRepeated = 1;

    /// <summary>The limit of successive pages of known rows. In an unstable order, all rows of a page may have been returned before by chance.</summary>
    private const int MostPagesOfKnownRows = 4;

    /// <summary>
    /// The limit, in full pages, for the number of repeated rows minus the number of other rows. An unstable order repeats about a third of the rows.
    /// If pushes add a few rows to each repetition of a page, most are repeated.
    /// </summary>
    private const int MostPagesOfSurplusRepetition = 10;

    /// <summary>The fingerprint of each page, by page number.</summary>
    private readonly List<ulong> _fingerprints = [];

    private (ulong Hash, DateTime? Time) _lastRow;

    /// <summary>The sum of the hashes of all rows. It is the same in any order, and on pages of any size.</summary>
    private ulong _sumOfHashes;

    /// <summary>True if the last page has the rows of another one in the same order.</summary>
    private bool _isCopy;

    public int PageSize => pageSize;

    public SeenKeys Keys => keys;

    public long? SmallestTotal { get; private set; }

    public long? LargestTotal { get; private set; }

    /// <summary>The number of rows in all replies, repeated ones included.</summary>
    public long RowsReceived { get; private set; }

    /// <summary>The number of rows that this reading had already returned.</summary>
    public long RowsRepeated { get; private set; }

    /// <summary>The number of rows that no earlier reading returned and that existed before the listing began.</summary>
    public long OlderRowsAdded { get; set; }

    /// <summary>The key of the first row that a single reply of this reading has twice, and the number of its page; null if none has.</summary>
    public (string Key, int PageNo)? ListedTwice { get; set; }

    /// <summary>
    /// True if the service limited page 1, so that the rows of other pages are at other positions than assumed. On a later page the number of rows is
    /// not a proof, and a limit causes repeated rows.
    /// </summary>
    public bool IsResized { get; private set; }

    /// <summary>True if a reply has more rows than its own TotalCount allows.</summary>
    public bool ExceedsTotal { get; private set; }

    /// <summary>True if the list ended although TotalCount has at least one more page of rows.</summary>
    public bool LacksPages { get; private set; }

    /// <summary>The number of successive pages, up to the last one, that repeat rows of this reading although TotalCount has other rows there.</summary>
    public int PagesRepeated { get; private set; }

    /// <summary>True if the service repeats itself.</summary>
    public bool HasRepeatedPages =>
        PagesRepeated > (_isCopy ? MostPagesRepeated : MostPagesOfKnownRows) || RowsRepeated - (RowsReceived - RowsRepeated) > MostPagesOfSurplusRepetition * pageSize;

    /// <summary>The next page if the last one was full, or else the last one, because only a page that is not full proves the end.</summary>
    public int NextPage { get; private set; } = 1;

    /// <summary>True if the last page is not full, and its TotalCount does not confirm that it is the last one.</summary>
    public bool IsEndDoubtful { get; private set; }

    /// <summary>True if the last page has no rows, and begins after its TotalCount.</summary>
    public bool IsEmptyEndDoubtful { get; private set; }

    /// <summary>True if TotalCount was the same in all replies.</summary>
    public bool HasOneTotal => SmallestTotal == LargestTotal;

    /// <summary>The last page that had rows, or 1 if none had.</summary>
    public int LastPage => Math.Max(1, _fingerprints.FindLastIndex(fingerprint => fingerprint != 0) + 1);

    /// <summary>True if the rows on both sides of a page border have the same time.</summary>
    public bool HasTieAtBorder { get; private set; }

    /// <summary>Adds a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="hashes">The hashes of its rows.</param>
    /// <param name="times">The times of its rows.</param>
    /// <param name="newRows">The number of its rows that are new to this reading.</param>
    public void Add<TRow>(Page<TRow> page, ulong[] hashes, DateTime?[] times, int newRows)
    {
        if (hashes.Length > 0)
        {
            // The same row on both sides was moved there by a change.
            HasTieAtBorder |= page.PageNo > 1 && times[0] == _lastRow.Time && hashes[0] != _lastRow.Hash;
            _lastRow = (hashes[^1], times[^1]);
        }

        var isCountedShort = false;
        if (page.TotalCount is { } total)
        {
            SmallestTotal = Math.Min(total, SmallestTotal ?? total);
            LargestTotal = Math.Max(total, LargestTotal ?? total);
            var rowsCounted = PagePlan.RowsOnPage(page.PageNo, pageSize, total);
            ExceedsTotal |= page.Rows.Count > rowsCounted;
            isCountedShort = page.Rows.Count < rowsCounted;
            LacksPages = isCountedShort && total - ((page.PageNo - 1L) * pageSize) - page.Rows.Count >= pageSize;
        }

        if (page.PageNo == 1) IsResized = page.PageSize < pageSize && page.Rows.Count > 0 && page.Rows.Count < Math.Min(pageSize, page.TotalCount ?? pageSize);
        RowsReceived += page.Rows.Count;
        RowsRepeated += page.Rows.Count - newRows;
        // In an unstable order, a last page of few rows may have only rows that were returned before.
        PagesRepeated = page.Rows.Count > 0 && newRows == 0 && (page.Rows.Count >= pageSize || isCountedShort) ? PagesRepeated + 1 : 0;
        NextPage = page.Rows.Count < pageSize ? page.PageNo : page.PageNo + 1;
        IsEndDoubtful = page.IsEndDoubtful(pageSize);
        IsEmptyEndDoubtful = page.IsEmptyEndDoubtful(pageSize);
        _isCopy = PagesRepeated > 0 && HasPage(hashes);
        while (_fingerprints.Count < page.PageNo) _fingerprints.Add(0);
        _fingerprints[page.PageNo - 1] = SeenKeys.Fingerprint(hashes);
        foreach (var hash in hashes) _sumOfHashes = unchecked(_sumOfHashes + hash);
    }

    /// <summary>Notes that a page which TotalCount requires does not exist.</summary>
    /// <param name="isRepetition">True if the service repeated another page in its place.</param>
    /// <param name="fullPageSize">The number of rows on a full page, without regard to TotalCount.</param>
    public void NoteMissingPage(bool isRepetition, int fullPageSize)
    {
        LacksPages = true;
        if (isRepetition) PagesRepeated = 1;
        // After an empty page, the next reading reads the rest.
        if (!isRepetition || RowsReceived < fullPageSize) NextPage = 1;
    }

    /// <summary>True if two readings returned the same rows, and each of them equally often.</summary>
    public bool HasRowsOf(ListingPass other) => RowsReceived == other.RowsReceived && _sumOfHashes == other._sumOfHashes;

    /// <summary>True if this reading has a page with the same rows in the same order.</summary>
    public bool HasPage(ulong[] hashes) => _fingerprints.Contains(SeenKeys.Fingerprint(hashes));

    /// <summary>True if all replies of two readings had the same TotalCount.</summary>
    public bool HasTotalOf(ListingPass other) => HasOneTotal && other.HasOneTotal && LargestTotal == other.LargestTotal;

    /// <summary>True if two readings returned the same rows on a page.</summary>
    public bool HasSamePage(ListingPass other, int pageNo) => FingerprintOf(pageNo) == other.FingerprintOf(pageNo);

    private ulong FingerprintOf(int pageNo) => pageNo <= _fingerprints.Count ? _fingerprints[pageNo - 1] : 0;
}
