using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>The arithmetic of pages: the pages that contain a range of rows, and the rows of a page that belong to it.</summary>
/// <param name="pageSize">Rows on a page.</param>
/// <param name="skip">Rows before the range.</param>
/// <param name="first">The largest number of rows in the range; null for all that follow.</param>
internal readonly struct PagePlan(int pageSize, long skip, long? first)
{
    /// <summary>The first row after the range, from 0.</summary>
    private readonly long _end = first is { } count && count < long.MaxValue - skip ? skip + count : long.MaxValue;

    public int PageSize => pageSize;

    public int FirstPage => PageOf(skip);

    /// <summary>The last page that contains rows of the range if there are <paramref name="total"/> rows; below <see cref="FirstPage"/> if none does.</summary>
    public int LastPage(long total)
    {
        var end = Math.Min(_end, total);
        return end <= skip ? FirstPage - 1 : PageOf(end - 1);
    }

    /// <summary>
    /// The page that proves the end of the range if there are <paramref name="total"/> rows. It is the first page that is not full, or the last one of
    /// the range.
    /// </summary>
    public int EndPage(long total) => PageOf(Math.Max(skip, Math.Min(_end - 1, total)));

    /// <summary>The number of pages of a list of <paramref name="total"/> rows.</summary>
    public static int PagesOf(long total, int pageSize) => new PagePlan(pageSize, 0, null).LastPage(total);

    /// <summary>The number of rows on a page of a list of <paramref name="total"/> rows.</summary>
    public static int RowsOnPage(int pageNo, int pageSize, long total) => (int)Math.Max(0, Math.Min(pageSize, total - ((long)(pageNo - 1) * pageSize)));

    /// <summary>
    /// A page size at which the last page of a list of <paramref name="total"/> rows is not full and proves the end; 0 if there is none. Sizes below
    /// <paramref name="pageSize"/> come first, because the service may limit its pages.
    /// </summary>
    public static int SizeWithPartialLastPage(long total, int pageSize) => Enumerable.Range(1, RowRange.LargestPageSize)
        .OrderBy(size => size > pageSize ? size : -size)
        .FirstOrDefault(size => total % size != 0);

    /// <summary>Returns the number of rows in the range if the list has <paramref name="total"/> rows.</summary>
    public long RowsOf(long total) => Math.Max(0, Math.Min(_end, total) - skip);

    /// <summary>The rows of a page that belong to the range.</summary>
    public IReadOnlyList<T> Slice<T>(int pageNo, IReadOnlyList<T> rows)
    {
        var start = (long)(pageNo - 1) * pageSize;
        var from = (int)Math.Min(rows.Count, Math.Max(0, skip - start));
        var to = (int)Math.Min(rows.Count, Math.Max(0, _end - start));
        return from == 0 && to == rows.Count ? rows : rows.Skip(from).Take(to - from).ToArray();
    }

    // PageNo is an int, so that no page after this one can be requested.
    private int PageOf(long row) => (int)Math.Min(int.MaxValue, row / pageSize + 1);
}
