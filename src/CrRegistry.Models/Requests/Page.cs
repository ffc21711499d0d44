namespace CrRegistry.Requests;

/// <summary>One page of a list.</summary>
/// <param name="PageNo">The number of the page, from 1.</param>
/// <param name="PageSize">The page size in the reply, or else the one requested.</param>
/// <param name="TotalCount">The number of rows in the list, as the service counts them; null if the reply has no valid TotalCount.</param>
/// <param name="Rows">The rows of the page, in the service's order.</param>
internal sealed record Page<TRow>(int PageNo, int PageSize, long? TotalCount, IReadOnlyList<TRow> Rows) : JobMessage
{
    /// <summary>True if further rows may follow a first page that has fewer rows than requested, although TotalCount does not include them.</summary>
    public bool MayBeFollowed { get; init; }

    /// <summary>The time of the service when it replied; null if the reply has no Date header.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>True if the reply has a TotalCount that is not a number of rows.</summary>
    public bool HasInvalidTotalCount { get; init; }

    /// <summary>
    /// Returns the effective page size. The PageSize in a reply may be wrong, so that it decides only if TotalCount does not. A page with fewer rows than
    /// requested, of a list that has more, shows that the service limits its pages.
    /// </summary>
    /// <param name="requested">The page size that was requested.</param>
    public int EffectiveSize(int requested)
    {
        if (TotalCount == Rows.Count) return requested;
        var claimed = Math.Min(PageSize, requested);
        return Rows.Count > claimed || (Rows.Count > 0 && TotalCount > Rows.Count) ? Math.Min(Rows.Count, requested) : claimed;
    }

    /// <summary>True if a page has rows and is not full, and its TotalCount does not confirm that it is the last one.</summary>
    /// <param name="size">The page size by which the rows are counted.</param>
    public bool IsEndDoubtful(int size) => Rows.Count > 0 && Rows.Count < size && TotalCount != ((PageNo - 1L) * size) + Rows.Count;

    /// <summary>True if a page after page 1 has no rows, and begins after its TotalCount. The rows before it show that TotalCount is too low.</summary>
    /// <param name="size">The page size by which the rows are counted.</param>
    public bool IsEmptyEndDoubtful(int size) => Rows.Count == 0 && PageNo > 1 && TotalCount < (PageNo - 1L) * size;

    /// <summary>Returns the same page with some of its rows.</summary>
    public Page<TRow> With(IReadOnlyList<TRow> rows) => ReferenceEquals(rows, Rows) ? this : this with { Rows = rows };
}
