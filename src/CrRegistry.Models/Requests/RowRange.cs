namespace CrRegistry.Requests;

/// <summary>The part of a list that is requested: one page, or a range of rows.</summary>
internal sealed record RowRange
{
    /// <summary>The largest PageSize that the service accepts (ListRepoTag, ListRepository).</summary>
    public const int LargestPageSize = 100;

    private RowRange()
    {
    }

    /// <summary>The number of the requested page, from 1; null for a range.</summary>
    public int? PageNo { get; private init; }

    /// <summary>The number of rows to request at once, 1 to 100; null if the user did not specify it.</summary>
    public int? PageSize { get; private init; }

    /// <summary>The number of rows before the range.</summary>
    public long Skip { get; private init; }

    /// <summary>The largest number of rows in the range; null for all that follow.</summary>
    public long? First { get; private init; }

    /// <summary>True if the end of a list that has one page is checked.</summary>
    public bool ChecksEnd { get; private init; }

    /// <summary>True if the range is taken from the complete list, which is an error if it is not complete; false if only the pages of the range are read.</summary>
    public bool IsOfCompleteList { get; private init; }

    /// <summary>True if every row of the list is requested.</summary>
    public bool IsWhole => PageNo is null && Skip == 0 && First is null;

    /// <summary>Returns one page, as the service returns it.</summary>
    /// <param name="pageNo">The number of the page, from 1.</param>
    /// <param name="pageSize">The number of rows on a page, 1 to 100.</param>
    public static RowRange Page(int pageNo, int pageSize) => new() { PageNo = pageNo, PageSize = pageSize };

    /// <summary>Returns the first page. If TotalCount does not confirm that a page with fewer rows than requested is the complete list, page 2 is read as well.</summary>
    /// <param name="pageSize">The number of rows on a page, 1 to 100.</param>
    public static RowRange FirstPage(int pageSize) => new() { PageNo = 1, PageSize = pageSize, ChecksEnd = true };

    /// <summary>Returns a range.</summary>
    /// <param name="skip">The number of rows before it.</param>
    /// <param name="first">The largest number of rows in it; null for all that follow.</param>
    /// <param name="pageSize">The number of rows to request at once, 1 to 100; null for as many as the service accepts, or as are needed.</param>
    /// <param name="isOfCompleteList">True if the range is taken from the complete list.</param>
    public static RowRange Range(long skip, long? first, int? pageSize, bool isOfCompleteList = false) =>
        new() { Skip = skip, First = first, PageSize = pageSize, IsOfCompleteList = isOfCompleteList };

    /// <summary>True if the range contains the row at a position.</summary>
    /// <param name="position">The position among the rows that match, from 0.</param>
    public bool Contains(long position) => position >= Skip && !(position - Skip >= First);
}
