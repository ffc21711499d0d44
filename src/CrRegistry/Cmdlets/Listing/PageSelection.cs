using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Listing;

/// <summary>Turns the choice of a user into the client's. It stands beside the cmdlets, whose own members may not name the client's types.</summary>
internal static class PageSelection
{
    /// <summary>The size of a page that is given where the user asks for nothing else.</summary>
    private const int DefaultPageSize = 30;

    public static RowRange Of(PageChoice pages) => pages.PageNo is { } pageNo
        ? RowRange.Page(pageNo, pages.PageSize ?? DefaultPageSize)
        : pages.IsFirstPageOnly
        ? RowRange.FirstPage(pages.PageSize ?? DefaultPageSize)
        : RowRange.Range(pages.Skip, pages.First, pages.PageSize);
}
