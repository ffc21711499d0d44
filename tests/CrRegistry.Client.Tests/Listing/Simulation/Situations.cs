using System.Globalization;

namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>The situations in which the rule is tested.</summary>
internal static class Situations
{
    private static readonly double[] s_changes = [0, 0.02, 0.05, 0.2];

    /// <summary>Services with correct numbers, in each order.</summary>
    public static IReadOnlyList<Situation> Orders { get; } =
    [
        .. from order in Enum.GetValues<SimulatedOrder>()
           from situation in Busy(new Situation(NameOf(order)) { Order = order, MostRows = 2500 })
           select situation,
        .. from order in Enum.GetValues<SimulatedOrder>()
           select new Situation($"{NameOf(order)}, pages that lack rows") { Order = order, MostRows = 2500, ShortPages = 0.05, InFlight = 10 },
    ];

    /// <summary>Services with wrong numbers, pages, order or clock.</summary>
    public static IReadOnlyList<Situation> Services { get; } = [.. OfServices().SelectMany(Busy)];

    /// <summary>A combination that depends on the seed.</summary>
    public static Situation Combined(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        while (true)
        {
            var situation = new Situation("Combination")
            {
                Order = OneOf(random, [SimulatedOrder.Newest, SimulatedOrder.Newest, SimulatedOrder.Oldest, SimulatedOrder.Name]),
                Times = OneOf(random, Enum.GetValues<SimulatedTimes>()),
                TieOrder = OneOf(random, Enum.GetValues<SimulatedTieOrder>()),
                Count = OneOf(random, Enum.GetValues<SimulatedCount>()),
                PageCap = OneOf<int?>(random, [null, null, 50, 99, 30]),
                Echo = OneOf(random, Enum.GetValues<SimulatedEcho>()),
                PastEnd = OneOf(random, Enum.GetValues<SimulatedPastEnd>()),
                DateAhead = OneOf<TimeSpan?>(random, [TimeSpan.Zero, TimeSpan.FromMinutes(random.Next(-60, 61)), null]),
                FewestRows = OneOf(random, [0, 50]),
                MostRows = OneOf(random, [120, 900]),
                ChangesPerRequest = OneOf(random, s_changes),
                InFlight = OneOf(random, [1, 4, 20]),
            };
            if (!situation.IsHopeless) return situation with { Service = Describe(situation) };
        }
    }

    private static IEnumerable<Situation> OfServices()
    {
        SimulatedOrder[] stable = [SimulatedOrder.Newest, SimulatedOrder.Oldest, SimulatedOrder.Name];
        SimulatedOrder[] newestAndName = [SimulatedOrder.Newest, SimulatedOrder.Name];
        foreach (var order in stable)
        {
            var service = new Situation(NameOf(order)) { Order = order };
            yield return service with { Service = $"{service.Service}, no TotalCount", Count = SimulatedCount.Missing };
            yield return service with { Service = $"{service.Service}, TotalCount too low by 1 to 150", Count = SimulatedCount.Low };
        }

        foreach (var order in newestAndName)
        {
            var service = new Situation(NameOf(order)) { Order = order };
            yield return service with { Service = $"{service.Service}, TotalCount a fraction", Count = SimulatedCount.Fraction };
            yield return service with { Service = $"{service.Service}, TotalCount 0", Count = SimulatedCount.Zero };
            yield return service with { Service = $"{service.Service}, TotalCount of up to 10 requests ago", Count = SimulatedCount.Lagging };
            yield return service with { Service = $"{service.Service}, TotalCount at most 200", Count = SimulatedCount.CappedAt200 };
            yield return service with { Service = $"{service.Service}, pages of 50 rows", PageCap = 50 };
            yield return service with { Service = $"{service.Service}, pages of 50 rows without PageSize", PageCap = 50, Echo = SimulatedEcho.Requested };
        }

        var newest = new Situation(NameOf(SimulatedOrder.Newest));
        yield return newest with { Service = $"{newest.Service}, TotalCount at most 1,000", Count = SimulatedCount.CappedAt1000, FewestRows = 900, MostRows = 1600 };
        yield return newest with { Service = $"{newest.Service}, TotalCount missing from half of the replies", Count = SimulatedCount.SometimesMissing };
        yield return newest with { Service = $"{newest.Service}, TotalCount another in each reply", Count = SimulatedCount.Jumping };
        yield return newest with { Service = $"{newest.Service}, TotalCount 7 too high", Count = SimulatedCount.SevenTooHigh };
        yield return newest with { Service = $"{newest.Service}, TotalCount 100,000", Count = SimulatedCount.HundredThousand };
        yield return newest with { Service = $"{newest.Service}, TotalCount 2^53-1", Count = SimulatedCount.LargestSafeInteger };
        yield return newest with { Service = $"{newest.Service}, TotalCount too low, pages of 50 rows without PageSize", Count = SimulatedCount.Low, PageCap = 50, Echo = SimulatedEcho.Requested };
        foreach (var pastEnd in new[] { SimulatedPastEnd.LastPage, SimulatedPastEnd.FirstPage, SimulatedPastEnd.Rejection })
        {
            foreach (var count in new[] { SimulatedCount.Exact, SimulatedCount.Missing, SimulatedCount.Low, SimulatedCount.HundredThousand })
                yield return newest with { Service = $"{newest.Service}, {Describe(count)}past the end {Describe(pastEnd)}", Count = count, PastEnd = pastEnd };
        }

        foreach (var times in Enum.GetValues<SimulatedTimes>().Except([SimulatedTimes.Distinct]))
        {
            foreach (var tieOrder in Enum.GetValues<SimulatedTieOrder>()) yield return Tied(newest, times, tieOrder);
        }

        foreach (var count in new[] { SimulatedCount.Missing, SimulatedCount.Low, SimulatedCount.CappedAt200, SimulatedCount.Lagging })
        {
            foreach (var tieOrder in Enum.GetValues<SimulatedTieOrder>())
            {
                var service = Tied(newest, SimulatedTimes.Many, tieOrder);
                yield return service with { Service = $"{service.Service}, {Describe(count).TrimEnd(' ', ',')}", Count = count };
            }
        }

        foreach (var order in stable)
        {
            foreach (var count in new[] { SimulatedCount.Exact, SimulatedCount.Lagging, SimulatedCount.Low, SimulatedCount.Missing, SimulatedCount.Zero })
                yield return new Situation($"{NameOf(order)}, {Describe(count)}a tag that comes and goes") { Order = order, Count = count, HasTemporaryTag = true };
        }

        foreach (var echo in new[] { SimulatedEcho.Rows, SimulatedEcho.One })
        {
            foreach (var pastEnd in Enum.GetValues<SimulatedPastEnd>())
            {
                foreach (var order in newestAndName)
                    yield return new Situation($"{NameOf(order)}, {Describe(echo)}past the end {Describe(pastEnd)}") { Order = order, Echo = echo, PastEnd = pastEnd, FewestRows = 1, MostRows = 400 };
            }
        }

        foreach (var tieOrder in new[] { SimulatedTieOrder.Page, SimulatedTieOrder.Random })
        {
            var tied = Tied(newest, SimulatedTimes.One, tieOrder);
            foreach (var pastEnd in new[] { SimulatedPastEnd.LastPage, SimulatedPastEnd.FirstPage, SimulatedPastEnd.Rejection })
                yield return tied with { Service = $"{tied.Service}, past the end {Describe(pastEnd)}", PastEnd = pastEnd };
        }

        foreach (var pageSize in new[] { 1, 2, 3, 5, 11 })
        {
            var few = newest with { PageSize = pageSize, FewestRows = 1, MostRows = 6 * pageSize };
            foreach (var count in new[] { SimulatedCount.Exact, SimulatedCount.Fraction, SimulatedCount.Low, SimulatedCount.Missing, SimulatedCount.Lagging })
            {
                var service = string.Create(CultureInfo.InvariantCulture, $"{Describe(count)}-PageSize {pageSize}");
                yield return few with { Service = $"{few.Service}, {service}", Count = count };
                yield return few with { Service = $"{NameOf(SimulatedOrder.Name)}, {service}", Count = count, Order = SimulatedOrder.Name };
                yield return Tied(few with { Count = count }, SimulatedTimes.Frozen, SimulatedTieOrder.Page) with { Service = $"{few.Service}, all tags of one time in an order of each page, {service}", FewestRows = 1 };
            }
        }

        foreach (var order in stable)
        {
            foreach (var minutes in new int?[] { 60, -60, 5, null })
            {
                var clock = minutes is null ? "no Date" : string.Create(CultureInfo.InvariantCulture, $"Date {Math.Abs(minutes.Value)} min {(minutes > 0 ? "ahead" : "behind")}");
                yield return new Situation($"{NameOf(order)}, {clock}") { Order = order, DateAhead = minutes is { } ahead ? TimeSpan.FromMinutes(ahead) : null };
            }
        }
    }

    private static Situation Tied(Situation service, SimulatedTimes times, SimulatedTieOrder tieOrder) => service with
    {
        Service = $"{service.Service}, {Describe(times)} {Describe(tieOrder)}",
        Times = times,
        TieOrder = tieOrder,
        FewestRows = times == SimulatedTimes.Many ? 250 : 50,
    };

    private static IEnumerable<Situation> Busy(Situation service) =>
        from changes in s_changes
        from inFlight in new[] { 1, 4, 20 }
        select service with { ChangesPerRequest = changes, InFlight = inFlight };

    private static T OneOf<T>(SeededRandom random, T[] values) => values[random.Next(values.Length)];

    private static string NameOf(SimulatedOrder order) => order switch
    {
        SimulatedOrder.Newest => "Newest first",
        SimulatedOrder.Oldest => "Oldest first",
        SimulatedOrder.Name => "By name",
        _ => "Shuffled for each request",
    };

    private static string Describe(SimulatedTimes times) => times switch
    {
        SimulatedTimes.Few => "2 to 5 tags of one time",
        SimulatedTimes.Many => "100 to 400 tags of one time",
        SimulatedTimes.One => "all tags of one time",
        SimulatedTimes.Frozen => "all tags of one time, new ones too,",
        _ => "distinct times",
    };

    private static string Describe(SimulatedTieOrder order) => order switch
    {
        SimulatedTieOrder.PageSize => "in an order of each PageSize",
        SimulatedTieOrder.Page => "in an order of each page",
        SimulatedTieOrder.Random => "shuffled for each request",
        _ => "by name",
    };

    private static string Describe(SimulatedCount count) => count switch
    {
        SimulatedCount.Exact => "",
        SimulatedCount.Missing => "no TotalCount, ",
        SimulatedCount.Low => "TotalCount too low, ",
        SimulatedCount.Fraction => "TotalCount a fraction, ",
        SimulatedCount.Zero => "TotalCount 0, ",
        SimulatedCount.CappedAt200 => "TotalCount at most 200, ",
        SimulatedCount.Lagging => "TotalCount of up to 10 requests ago, ",
        SimulatedCount.HundredThousand => "TotalCount 100,000, ",
        _ => $"TotalCount {count}, ",
    };

    private static string Describe(SimulatedEcho echo) => echo switch
    {
        SimulatedEcho.Requested => "no PageSize, ",
        SimulatedEcho.Rows => "PageSize the number of rows, ",
        SimulatedEcho.One => "PageSize 1, ",
        _ => "",
    };

    private static string Describe(SimulatedPastEnd pastEnd) => pastEnd switch
    {
        SimulatedPastEnd.LastPage => "the last page again",
        SimulatedPastEnd.FirstPage => "page 1 again",
        SimulatedPastEnd.Rejection => "an error",
        _ => "an empty page",
    };

    private static string Describe(Situation situation) => string.Create(
        CultureInfo.InvariantCulture,
        $"{NameOf(situation.Order)}, {Describe(situation.Times)} {Describe(situation.TieOrder)}, {Describe(situation.Count)}{(situation.PageCap is { } cap ? $"pages of {cap} rows, " : "")}{Describe(situation.Echo)}past the end {Describe(situation.PastEnd)}, Date {situation.DateAhead?.ToString() ?? "missing"}, {situation.FewestRows}-{situation.MostRows} rows");
}
