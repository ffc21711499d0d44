using System.Globalization;

namespace CrRegistry.Client.Listing;

/// <summary>Creates the errors of incomplete lists. The counts are those of the list, or of the range that was requested.</summary>
internal static class ListingFailure
{
    private const int LongestKey = 1000;

    /// <summary>A page could not be read.</summary>
    public static IncompleteListingException BrokenOff<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total, CrApiException cause, bool isRange = false) =>
        New(kind, $"failed at page {pageNo} after {Received(kind, rows, total, isRange)}. {cause.Message}", pageNo, rows, total, cause);

    /// <summary>A range ended with fewer rows than it should have by TotalCount.</summary>
    public static IncompleteListingException ShortRange<TRow>(RowKind<TRow> kind, int pageNo, long rows, long expected, long? total) => New(
        kind, string.Format(CultureInfo.InvariantCulture, "ended at page {0} with {1} of {2} {3} of the range (TotalCount is {4}).", pageNo, rows, expected, kind.NounOf(expected), total),
        pageNo, rows, total, null);

    /// <summary>The list is in an unstable order, and no reading of it was complete.</summary>
    public static IncompleteListingException Unstable<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total, int passes) => New(
        kind, $"is in an unstable order. It was read {passes} times, and each reading returned different {kind.Noun}. The readings returned {Received(kind, rows, total)}.", pageNo, rows, total, null);

    /// <summary>The list changed in each reading.</summary>
    public static IncompleteListingException Changing<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total, int passes) => New(
        kind, $"kept changing while it was read {passes} times. The readings returned {Received(kind, rows, total)}, and others may be missing.", pageNo, rows, total, null);

    /// <summary>The service returns pages without rows and without an end.</summary>
    public static IncompleteListingException EmptyPages<TRow>(RowKind<TRow> kind, int pageNo, long rows, int pages) =>
        Contradiction(kind, pageNo, rows, null, isRange: false, $"The last {pages} pages have no rows, and others follow");

    /// <summary>A page has the NextToken of an earlier one, so that the list would not end.</summary>
    public static IncompleteListingException RepeatedToken<TRow>(RowKind<TRow> kind, int pageNo, long rows) =>
        Contradiction(kind, pageNo, rows, null, isRange: false, "The service returned the NextToken of an earlier page again");

    /// <summary>The list was read, and is not valid.</summary>
    public static IncompleteListingException Invalid<TRow>(RowKind<TRow> kind, long rows, CrApiException cause) => New(
        kind, string.Format(CultureInfo.InvariantCulture, "may not be valid ({0} {1}). {2}", rows, kind.NounOf(rows), cause.Message), 1, rows, null, cause);

    /// <summary>A later reading lacks rows of a list that never changes.</summary>
    public static IncompleteListingException Replaced<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total) => New(
        kind, $"was replaced while it was read. The readings returned {Received(kind, rows, total)}, and some are not in the last reading.", pageNo, rows, total, null);

    /// <summary>The list has fewer rows than the TotalCount of each reply of the last reading.</summary>
    public static IncompleteListingException Short<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total, int passes) => New(
        kind, $"ended at page {pageNo} with {Received(kind, rows, total)}, though it was read {passes} times.", pageNo, rows, total, null, isContradiction: true);

    /// <summary>The service returns the same rows for page after page. A change may have the same effect on a range, which is read once.</summary>
    public static IncompleteListingException Repeated<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total, bool isRange = false) =>
        Contradiction(kind, pageNo, rows, total, isRange, $"The service returned {kind.Noun} of earlier pages again{(isRange ? ", or the list changed" : string.Empty)}");

    /// <summary>A reply has two rows with the same key. They cannot be distinguished, or one of them is in the place of another row.</summary>
    public static IncompleteListingException ListedTwice<TRow>(RowKind<TRow> kind, string key, int pageNo, long rows, long? total, bool isRange = false) =>
        New(kind, $"failed at page {pageNo} after {Received(kind, rows, total, isRange)}. The reply lists '{Shown(key)}' twice.", pageNo, rows, total, null, isContradiction: true);

    /// <summary>A page that looks like the last one is followed by rows.</summary>
    public static IncompleteListingException RowsBehindEnd<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total, bool isRange = false) =>
        Contradiction(kind, pageNo, rows, total, isRange, $"The page has fewer {kind.Noun} than requested, but the next page is not empty");

    /// <summary>A reply that was requested as a proof of the end has other rows than the pages of the list.</summary>
    public static IncompleteListingException OtherRows<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total, bool isRange = false) =>
        Contradiction(kind, pageNo, rows, total, isRange, $"With another page size, the service returned different {kind.Noun}");

    /// <summary>A page of a range has more rows than requested, so that other pages have rows of other positions.</summary>
    public static IncompleteListingException TooManyRows<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total) =>
        Contradiction(kind, pageNo, rows, total, isRange: true, $"The service returned more {kind.Noun} than requested");

    /// <summary>A page of a range has another size than page 1, so that its rows are from other positions.</summary>
    public static IncompleteListingException OtherPageSize<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total) =>
        Contradiction(kind, pageNo, rows, total, isRange: true, "The service returned a smaller page than requested");

    private static string Shown(string key) => SafeText.Beginning(key, LongestKey, out var isCut) + (isCut ? "…" : string.Empty);

    private static IncompleteListingException Contradiction<TRow>(RowKind<TRow> kind, int pageNo, long rows, long? total, bool isRange, string problem) =>
        New(kind, $"failed at page {pageNo} after {Received(kind, rows, total, isRange)}. {problem}.", pageNo, rows, total, null, isContradiction: true, isRange);

    private static string Received<TRow>(RowKind<TRow> kind, long rows, long? total, bool isRange = false) => string.Format(CultureInfo.InvariantCulture, total switch
    {
        null => "{0} {2}{3} (the reply has no valid TotalCount)",
        _ when isRange || rows >= total => "{0} {2}{3} (TotalCount is {1})",
        _ => "{0} of {1} {2}",
    }, rows, total, kind.NounOf(isRange || !(rows < total) ? rows : total.Value), isRange ? " of the range" : string.Empty);

    private static IncompleteListingException New<TRow>(
        RowKind<TRow> kind, string whatHappened, int pageNo, long rows, long? total, CrApiException? cause, bool isContradiction = false, bool isRange = false) =>
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
            IsOfRange = isRange,
        };
}
