using System.Globalization;
using CrRegistry.Client.Decoding;

namespace CrRegistry.Client.Listing;

/// <summary>Makes the error of a list that came in part.</summary>
internal static class ListingFailure
{
    /// <summary>A page could not be had.</summary>
    public static IncompleteListingException BrokenOff<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total, CrApiException cause) =>
        New(kind, $"broke off at page {pageNo} after {Received(kind, rows, total)}: {cause.Message}", pageNo, rows, total, cause);

    /// <summary>The list ended with fewer rows than the service counts.</summary>
    public static IncompleteListingException Short<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total) =>
        New(kind, $"ended at page {pageNo} with {Received(kind, rows, total)}.", pageNo, rows, total, null);

    /// <summary>The list could not be shown to be complete.</summary>
    public static IncompleteListingException NotWhole<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total, int passes, bool isOrderUnstable) =>
        isOrderUnstable
            ? New(kind, $"is in an unstable order: it was read {passes} times, and each reading returned other rows ({Received(kind, rows, total)}).", pageNo, rows, total, null)
            : rows < total
                ? New(kind, $"ended at page {pageNo} with {Received(kind, rows, total)}, though it was read {passes} times.", pageNo, rows, total, null, isContradiction: true)
                : New(kind, $"kept changing while it was read {passes} times: {Received(kind, rows, total)} were returned, and others may be missing.", pageNo, rows, total, null);

    /// <summary>The service returns the same rows for page after page.</summary>
    public static IncompleteListingException Repeated<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total) =>
        New(kind, $"broke off at page {pageNo} after {Received(kind, rows, total)}: the service returned rows of earlier pages again.", pageNo, rows, total, null, isContradiction: true);

    /// <summary>A reply has two rows with the same key: they cannot be told apart, or are in the place of others.</summary>
    public static IncompleteListingException ListedTwice<TRow>(RowKind<TRow> kind, string key, int pageNo, long rows, long? total) =>
        New(kind, $"broke off at page {pageNo} after {Received(kind, rows, total)}: the reply lists '{ServiceText.Shown(key)}' twice.", pageNo, rows, total, null, isContradiction: true);

    /// <summary>A page that looks like the last one is followed by rows.</summary>
    public static IncompleteListingException RowsBehindEnd<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total) =>
        New(kind, $"broke off at page {pageNo} after {Received(kind, rows, total)}: the page has fewer rows than requested, but the next page is not empty.", pageNo, rows, total, null, isContradiction: true);

    /// <summary>A reply that was requested as a proof of the end has other rows than the pages of the list.</summary>
    public static IncompleteListingException OtherRows<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total) =>
        New(kind, $"ended at page {pageNo} with {Received(kind, rows, total)}: with another page size, the service returned other {kind.Noun}.", pageNo, rows, total, null, isContradiction: true);

    /// <summary>A page has more rows than requested, so that other pages have rows of other positions.</summary>
    public static IncompleteListingException TooManyRows<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total) =>
        New(kind, $"broke off at page {pageNo} after {Received(kind, rows, total)}: the service returned more rows than requested.", pageNo, rows, total, null, isContradiction: true);

    /// <summary>A page has another size than page 1, so that its rows are from other positions.</summary>
    public static IncompleteListingException OtherPageSize<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total) =>
        New(kind, $"broke off at page {pageNo} after {Received(kind, rows, total)}: the service returned a smaller page than requested.", pageNo, rows, total, null, isContradiction: true);

    private static string Received<TRow>(RowKind<TRow> kind, long rows, long? total) => string.Format(CultureInfo.InvariantCulture, total switch
    {
        null => "{0} {2} (the reply has no valid TotalCount)",
        _ when rows > total => "{0} {2} (TotalCount is {1})",
        _ => "{0} of {1} {2}",
    }, rows, total, kind.Noun);

    private static IncompleteListingException New<TRow>(RowKind<TRow> kind, string whatHappened, int pageNo, long rows, long? total, CrApiException? cause, bool isContradiction = false) =>
        new($"The list of {kind.Noun} {whatHappened}", cause)
        {
            Action = cause?.Action ?? kind.Action,
            RequestId = cause?.RequestId,
            HttpStatus = cause?.HttpStatus,
            Recommend = cause?.Recommend,
            PageNo = pageNo,
            RowsReceived = rows,
            TotalCount = total,
            IsContradiction = isContradiction,
        };
}
