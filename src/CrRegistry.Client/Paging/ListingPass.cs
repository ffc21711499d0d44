using CrRegistry.Client.Operations;

namespace CrRegistry.Client.Paging;

/// <summary>What one reading of all pages saw.</summary>
/// <param name="pageSize">Rows on a page.</param>
internal sealed class ListingPass(int pageSize)
{
    /// <summary>By number: what each page held.</summary>
    private readonly List<ulong> _fingerprints = [];

    public int PageSize => pageSize;

    public long? SmallestTotal { get; private set; }

    public long? LargestTotal { get; private set; }

    /// <summary>Rows that had come before.</summary>
    public long KnownRows { get; private set; }

    /// <summary>Rows that came for the first time, and were there before the listing began.</summary>
    public long OlderRowsAdded { get; private set; }

    /// <summary>Whether a page told another size than was asked for: the places of its rows are not what they were taken for.</summary>
    public bool IsResized { get; private set; }

    /// <summary>Whether TotalCount was the same in all replies.</summary>
    public bool HasOneTotal => SmallestTotal == LargestTotal;

    public int PagesRead => _fingerprints.Count;

    /// <summary>The last page that had rows; 1 where none had.</summary>
    public int LastPage => Math.Max(1, _fingerprints.FindLastIndex(fingerprint => fingerprint != 0) + 1);

    public void NotePage<TRow>(ListPage<TRow> page, ulong fingerprint)
    {
        if (page.TotalCount is { } total)
        {
            SmallestTotal = Math.Min(total, SmallestTotal ?? total);
            LargestTotal = Math.Max(total, LargestTotal ?? total);
        }

        IsResized |= page.PageSize != pageSize;
        while (_fingerprints.Count < page.PageNo) _fingerprints.Add(0);
        _fingerprints[page.PageNo - 1] = fingerprint;
    }

    public void NoteRow(bool isKnown, bool isOlder)
    {
        if (isKnown) KnownRows++;
        else if (isOlder) OlderRowsAdded++;
    }

    /// <summary>Whether two passes saw the same list, and no reply told of another.</summary>
    public bool IsLike(ListingPass other) =>
        HasTotalOf(other) && PageSize == other.PageSize && !IsResized && LastPage == other.LastPage
        && Enumerable.Range(1, LastPage).All(pageNo => HasSamePage(other, pageNo));

    /// <summary>Whether all replies of two passes had the same TotalCount.</summary>
    public bool HasTotalOf(ListingPass other) => HasOneTotal && other.HasOneTotal && LargestTotal == other.LargestTotal;

    /// <summary>Whether two passes saw the same on one page.</summary>
    public bool HasSamePage(ListingPass other, int pageNo) => FingerprintOf(pageNo) == other.FingerprintOf(pageNo);

    private ulong FingerprintOf(int pageNo) => pageNo <= _fingerprints.Count ? _fingerprints[pageNo - 1] : 0;
}
