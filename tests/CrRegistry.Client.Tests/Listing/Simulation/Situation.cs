using System.Globalization;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>A service, and the frequency of changes during a listing.</summary>
/// <param name="Service">The service, in words.</param>
internal sealed record Situation(string Service)
{
    public SimulatedOrder Order { get; init; }

    public SimulatedTimes Times { get; init; }

    public SimulatedTieOrder TieOrder { get; init; }

    public SimulatedCount Count { get; init; }

    /// <summary>The largest page of the service, if smaller than the largest that is documented.</summary>
    public int? PageCap { get; init; }

    public SimulatedEcho Echo { get; init; }

    /// <summary>The page size that is requested.</summary>
    public int PageSize { get; init; } = RowRange.LargestPageSize;

    public SimulatedPastEnd PastEnd { get; init; }

    /// <summary>True if each page is page 1.</summary>
    public bool IgnoresPageNo { get; init; }

    /// <summary>The time by which the clock of the Date header is ahead of the clock of ImageUpdate; null without the header.</summary>
    public TimeSpan? DateAhead { get; init; } = TimeSpan.Zero;

    public int FewestRows { get; init; } = 50;

    public int MostRows { get; init; } = 900;

    /// <summary>The chance of a push, a deletion or a move of a tag between two requests; and of another one after each.</summary>
    public double ChangesPerRequest { get; init; }

    /// <summary>
    /// True if the only change is a tag that is pushed and deleted again, and in some runs the last tag, which is deleted and pushed again at the same moments.
    /// </summary>
    public bool HasTemporaryTag { get; init; }

    /// <summary>True if new tags have the time of an older one, like retags that keep their ImageUpdate.</summary>
    public bool KeepsTimes { get; init; }

    /// <summary>True if each request is answered by one of two replicas, one of which is some changes behind.</summary>
    public bool HasReplicas { get; init; }

    /// <summary>The chance that a page lacks half of its rows.</summary>
    public double ShortPages { get; init; }

    /// <summary>The number of requests in flight. Replies are in any order.</summary>
    public int InFlight { get; init; } = 1;

    public int LargestPage => Math.Min(PageSize, PageCap ?? RowRange.LargestPageSize);

    public bool IsQuiet => ChangesPerRequest == 0 && ShortPages == 0;

    public bool IsInOrderOfTime => Order is SimulatedOrder.Newest or SimulatedOrder.Oldest;

    /// <summary>True if TotalCount is correct as soon as nothing changes.</summary>
    public bool IsCountRight => Count is SimulatedCount.Exact or SimulatedCount.Lagging;

    public bool MayCountBeTooLow => Count is SimulatedCount.Jumping or SimulatedCount.Low or SimulatedCount.Fraction or SimulatedCount.Zero or SimulatedCount.CappedAt200 or SimulatedCount.CappedAt1000;

    public bool IsCountAbsurd => Count is SimulatedCount.HundredThousand or SimulatedCount.LargestSafeInteger;

    private bool HasTies => IsInOrderOfTime && Times != SimulatedTimes.Distinct;

    /// <summary>True if the order differs from request to request.</summary>
    public bool IsShuffled => Order == SimulatedOrder.Unstable || (HasTies && TieOrder == SimulatedTieOrder.Random);

    /// <summary>True if pages of one reading overlap.</summary>
    public bool IsOrderInconsistent => IsShuffled || (HasTies && TieOrder == SimulatedTieOrder.Page);

    /// <summary>True if at most 1 % of the listings may end in an error.</summary>
    public bool IsHeldToOnePercent =>
        IsInOrderOfTime && !HasTies && Count == SimulatedCount.Exact && PageCap is null && PastEnd == SimulatedPastEnd.Empty && ChangesPerRequest == 0.05;

    /// <summary>True for combinations in which no reader can find the end of the list.</summary>
    public bool IsHopeless =>
        // A first page of 50 rows, without any sign of more, looks like a list of 50 rows.
        (PageCap is not null && Echo == SimulatedEcho.Requested && Count is SimulatedCount.Missing or SimulatedCount.SometimesMissing)
        // After TotalCount, a page that lacks rows looks like the last page.
        || (ShortPages > 0 && !IsCountRight);

    /// <param name="isLastPageFull">True if the last page was full when the listing began.</param>
    public Demand DemandOf(bool isLastPageFull)
    {
        if (IsCountAbsurd) return Demand.Error;
        if (!IsQuiet) return Demand.CompleteOrError;
        if (Count == SimulatedCount.SevenTooHigh) return Demand.Error;
        if (Count is SimulatedCount.Jumping or SimulatedCount.SometimesMissing) return Demand.CompleteOrError;
        // If each page has its own order, a page that is repeated past the end may have new rows.
        if (IsShuffled) return IsCountRight ? Demand.Complete : Demand.CompleteOrError;
        // No reading shows a reliable order. Another page size may help or not.
        if (IsOrderInconsistent) return Demand.CompleteOrError;
        // A service that ignores PageNo also repeats a full page.
        if (isLastPageFull && PastEnd != SimulatedPastEnd.Empty && !IsCountRight) return Demand.CompleteOrError;
        // Two numbers are wrong.
        if (Echo is SimulatedEcho.Rows or SimulatedEcho.One && !IsCountRight) return Demand.CompleteOrError;
        return Demand.Complete;
    }

    /// <summary>The largest number of requests that a listing may cost.</summary>
    /// <param name="pages">The largest number of pages that existed.</param>
    /// <param name="isLastPageFull">True if the last page was full when the listing began.</param>
    public int MostRequests(int pages, bool isLastPageFull)
    {
        // A rejected page is read in another way.
        var probe = !isLastPageFull ? 0 : PastEnd == SimulatedPastEnd.Rejection ? 2 : 1;
        // Further readings have smaller pages.
        var reread = pages + (pages / 4) + 1;
        // The first page is also requested with its actual size.
        var resize = PageCap is not null ? 1 : 0;
        // A page 1 that is full by its PageSize is followed by page 2.
        if (Echo is SimulatedEcho.Rows or SimulatedEcho.One) resize++;
        // With few requests in flight: page 1 again with its own size, the last page, and two past the end.
        if (IsCountAbsurd && !IsOrderInconsistent) return (3 * pages) + Math.Max(5, InFlight) + (IsQuiet ? 0 : pages + 6);
        // Up to thirty readings, the first ones with smaller pages.
        if (IsOrderInconsistent) return 31 * ((2 * pages) + InFlight + 2);
        // Up to four readings, with pages of 100, 85, 70 and 55 rows; both ends; and a window past the end for each.
        // A first page that lacks rows makes all pages smaller.
        if (ShortPages > 0) return (12 * pages) + (4 * InFlight) + 12;
        if (!IsQuiet || DemandOf(isLastPageFull) != Demand.Complete) return (6 * pages) + (4 * InFlight) + 12;
        if (!IsCountRight) return pages + reread + (2 * InFlight) + 4 + resize;
        if (pages == 1) return 1 + probe + resize;
        return IsInOrderOfTime && !HasTies ? pages + 2 + probe + resize : pages + reread + probe + 2 + resize;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Service} | {ChangesPerRequest:0.00} | {InFlight}");
}
