namespace CrRegistry.Requests;

/// <summary>Which part of a list is wanted, by the places of its rows. One of its makers says it all.</summary>
internal sealed record RowRange
{
    /// <summary>The largest PageSize that the service takes.</summary>
    public const int LargestPageSize = 100;

    private RowRange()
    {
    }

    /// <summary>The page that is wanted, where a single page is; else null.</summary>
    internal int? PageNo { get; private init; }

    /// <summary>True if the end of a list that has one page is checked.</summary>
    internal bool ChecksEnd { get; private init; }

    /// <summary>How many rows to ask for at once, where the user said it; the service may give fewer.</summary>
    internal int? PageSize { get; private init; }

    /// <summary>How many rows to leave out at the front.</summary>
    internal long Skip { get; private init; }

    /// <summary>How many rows to give at the most; null for all there are.</summary>
    internal long? First { get; private init; }

    /// <summary>Whether every row of the list is read.</summary>
    internal bool IsWhole => PageNo is null && Skip == 0 && First is null;

    /// <summary>One page, as the service gives it.</summary>
    /// <param name="pageNo">Its number, from 1.</param>
    /// <param name="pageSize">Rows on a page, 1 to 100.</param>
    /// <returns>The selection.</returns>
    public static RowRange Page(int pageNo, int pageSize) => new() { PageNo = pageNo, PageSize = pageSize };

    /// <summary>The first page. If TotalCount does not confirm that a page with fewer rows than requested is the complete list, page 2 is read as well.</summary>
    /// <param name="pageSize">Rows on a page, 1 to 100.</param>
    /// <returns>The selection.</returns>
    public static RowRange FirstPage(int pageSize) => new() { PageNo = 1, PageSize = pageSize, ChecksEnd = true };

    /// <summary>All rows but some at the front, up to a number.</summary>
    /// <param name="skip">How many to leave out at the front.</param>
    /// <param name="first">How many to give at the most; null for all there are.</param>
    /// <param name="pageSize">Rows asked for at once, 1 to 100; null for as many as the service takes, or as are needed.</param>
    /// <returns>The selection.</returns>
    public static RowRange Range(long skip, long? first, int? pageSize) => new()
    {
        Skip = skip,
        First = first,
        PageSize = pageSize,
    };
}
