namespace CrRegistry.Requests;

/// <summary>One page of a list.</summary>
/// <typeparam name="TRow">What it is a list of.</typeparam>
/// <param name="pageNo">The number of the page, from 1.</param>
/// <param name="pageSize">The size of a page that ruled: the service's own where it told one.</param>
/// <param name="totalCount">How many rows the whole list has; null where the service did not say it readably.</param>
/// <param name="rows">The rows of the page.</param>
internal sealed class Page<TRow>(int pageNo, int pageSize, long? totalCount, IReadOnlyList<TRow> rows)
{
    /// <summary>The number of the page, from 1.</summary>
    public int PageNo { get; } = pageNo;

    /// <summary>The size of a page that ruled: the service's own where it told one.</summary>
    public int PageSize { get; } = pageSize;

    /// <summary>How many rows the whole list has; null where the service did not say it readably.</summary>
    public long? TotalCount { get; } = totalCount;

    /// <summary>The rows of the page, in the service's order.</summary>
    public IReadOnlyList<TRow> Rows { get; } = rows;

    /// <summary>True if further rows may follow a first page that has fewer rows than requested, although TotalCount has none.</summary>
    public bool MayBeFollowed { get; init; }

    /// <summary>The service's clock when it gave the page; null where it did not tell.</summary>
    internal DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>True if the reply has a TotalCount that is not a number of rows.</summary>
    internal bool HasInvalidTotalCount { get; init; }

    /// <summary>
    /// The effective page size. PageSize and TotalCount are claims of the service: a page with fewer rows, of a list that has more, shows a service that
    /// limits its pages without saying so.
    /// </summary>
    /// <param name="requested">The page size that was requested.</param>
    internal int EffectiveSize(int requested)
    {
        var claimed = Math.Min(PageSize, requested);
        return Rows.Count > claimed || (Rows.Count > 0 && TotalCount > Rows.Count) ? Math.Min(Rows.Count, requested) : claimed;
    }

    internal Page<TRow> Followed() => new(PageNo, PageSize, TotalCount, Rows) { AnsweredAt = AnsweredAt, HasInvalidTotalCount = HasInvalidTotalCount, MayBeFollowed = true };

    internal Page<TRow> With(IReadOnlyList<TRow> chosen) =>
        ReferenceEquals(chosen, Rows) ? this : new(PageNo, PageSize, TotalCount, chosen) { AnsweredAt = AnsweredAt, HasInvalidTotalCount = HasInvalidTotalCount, MayBeFollowed = MayBeFollowed };
}
