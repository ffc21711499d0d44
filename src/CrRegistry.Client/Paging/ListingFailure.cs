using System.Globalization;

namespace CrRegistry.Client.Paging;

/// <summary>Makes the error of a list that came in part.</summary>
internal static class ListingFailure
{
    /// <summary>A page could not be had.</summary>
    public static IncompleteListingException BrokenOff(int pageNo, long tags, long? total, CrApiException cause) =>
        New($"The list of tags broke off at page {pageNo} after {Received(tags, total)}: {cause.Message}", pageNo, tags, total, cause);

    /// <summary>The list ended with fewer tags than the service counts.</summary>
    public static IncompleteListingException Short(int pageNo, long tags, long? total) =>
        New($"The list of tags ended at page {pageNo} with {Received(tags, total)}.", pageNo, tags, total, null);

    /// <summary>No reading was sure to be whole.</summary>
    public static IncompleteListingException NotWhole(WholeListing listing, int passes)
    {
        var (pageNo, tags, total) = (listing.PageNo - 1, listing.Tags, listing.TotalCount);
        return tags < total
            ? New($"The list of tags ended at page {pageNo} with {Received(tags, total)}, though it was read {passes} times.", pageNo, tags, total, null)
            : New($"The list of tags kept changing while it was read {passes} times: {Received(tags, total)} came, and others may be missing.", pageNo, tags, total, null);
    }

    private static string Received(long tags, long? total) => total is null
        ? string.Format(CultureInfo.InvariantCulture, "{0} tags (the service does not say of how many)", tags)
        : string.Format(CultureInfo.InvariantCulture, "{0} of {1} tags", tags, total);

    private static IncompleteListingException New(string message, int pageNo, long tags, long? total, CrApiException? cause) => new(message, cause)
    {
        Action = cause?.Action ?? "ListRepoTag",
        RequestId = cause?.RequestId,
        HttpStatus = cause?.HttpStatus,
        Recommend = cause?.Recommend,
        PageNo = pageNo,
        RowsReceived = tags,
        TotalCount = total,
    };
}
