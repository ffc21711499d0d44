using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>
/// Checks the end of a list whose page 1 has fewer rows than requested, if TotalCount is missing or too low, or if PageSize shows a full page although
/// TotalCount has no more rows. That may be the complete list, or the page of a service that limits its pages: page 2 tells.
/// </summary>
internal static class PageSizeCheck
{
    /// <summary>Reads page 1 in the effective page size: all pages are requested alike, because the order within equal times may depend on PageSize.</summary>
    /// <returns>Page 1 and the effective page size.</returns>
    /// <exception cref="IncompleteListingException">
    /// Page 2 has rows, and TotalCount is not a number: nothing of such a reply is trusted. Or page 1 has fewer rows when it is read again, and
    /// would end the list.
    /// </exception>
    public static async Task<(Page<TRow> First, int PageSize)> ReadFirstPageAsync<TRow>(IPageSource<TRow> source, int requestedPageSize, CancellationToken cancellationToken)
    {
        var first = await source.GetPageAsync(1, requestedPageSize, cancellationToken).ConfigureAwait(false);
        return await CheckFirstPageAsync(source, first, requestedPageSize, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks a page 1 that was read in the requested size, and reads it again if the effective size is another one.</summary>
    /// <inheritdoc cref="ReadFirstPageAsync"/>
    public static async Task<(Page<TRow> First, int PageSize)> CheckFirstPageAsync<TRow>(
        IPageSource<TRow> source, Page<TRow> first, int requestedPageSize, CancellationToken cancellationToken)
    {
        var pageSize = await EffectiveSizeAsync(source, first, requestedPageSize, cancellationToken).ConfigureAwait(false);
        if (pageSize == requestedPageSize) return (first, pageSize);
        var again = await source.GetPageAsync(1, pageSize, cancellationToken).ConfigureAwait(false);
        var isFollowed = first.Rows.Count == pageSize && first.TotalCount != pageSize;
        if (isFollowed && again.Rows.Count < pageSize && !(again.TotalCount >= again.Rows.Count)) throw ListingFailure.RowsBehindEnd(source.Kind, 1, again.Rows.Count, again.TotalCount);
        return (again, pageSize);
    }

    /// <summary>True if rows may follow a page 1 with fewer rows than requested: page 2 has rows, or could not be read.</summary>
    public static async Task<bool> MayBeFollowedAsync<TRow>(IPageSource<TRow> source, Page<TRow> first, int requestedPageSize, CancellationToken cancellationToken)
    {
        var pageSize = first.EffectiveSize(requestedPageSize);
        if (first.TotalCount >= first.Rows.Count || !IsEndDoubtful(first, pageSize)) return false;
        try
        {
            return IsFollowed(source.Kind, first, await ReadSecondPageAsync(source, pageSize, cancellationToken).ConfigureAwait(false));
        }
        catch (CrApiException)
        {
            // The rows that were asked for came. Only the warning depends on page 2.
            return true;
        }
    }

    private static async Task<int> EffectiveSizeAsync<TRow>(IPageSource<TRow> source, Page<TRow> first, int requestedPageSize, CancellationToken cancellationToken)
    {
        var pageSize = first.EffectiveSize(requestedPageSize);
        if (!IsEndDoubtful(first, pageSize)) return pageSize;
        var second = await ReadSecondPageAsync(source, pageSize, cancellationToken).ConfigureAwait(false);
        if (second?.Rows.Count > 0 && first.HasInvalidTotalCount) throw ListingFailure.RowsBehindEnd(source.Kind, 1, first.Rows.Count, first.TotalCount);
        return IsFollowed(source.Kind, first, second) ? first.Rows.Count : pageSize;
    }

    private static bool IsEndDoubtful<TRow>(Page<TRow> first, int pageSize) =>
        first.Rows.Count > 0 && first.Rows.Count < pageSize && (!(first.TotalCount >= first.Rows.Count) || first.PageSize <= first.Rows.Count);

    /// <returns>The page, or null if there is none.</returns>
    private static async Task<Page<TRow>?> ReadSecondPageAsync<TRow>(IPageSource<TRow> source, int pageSize, CancellationToken cancellationToken)
    {
        try
        {
            return await source.GetPageAsync(2, pageSize, cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException exception) when (exception.RefusesPage)
        {
            return null;
        }
    }

    /// <summary>True if page 2 has other rows. Past the end, some services repeat a page instead of returning an empty one.</summary>
    private static bool IsFollowed<TRow>(RowKind<TRow> kind, Page<TRow> first, Page<TRow>? second) =>
        second?.Rows.Count > 0 && !new HashSet<string>(first.Rows.Select(kind.Key), StringComparer.Ordinal).SetEquals(second.Rows.Select(kind.Key));
}
