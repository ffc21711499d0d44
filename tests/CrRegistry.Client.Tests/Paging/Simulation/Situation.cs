using System.Globalization;

namespace CrRegistry.Client.Tests.Paging.Simulation;

/// <summary>How a simulated repository behaves while it is listed.</summary>
/// <param name="Order">The order of its rows.</param>
/// <param name="TellsTotal">Whether its replies have TotalCount.</param>
/// <param name="ChangesPerRequest">The chance of a push, a deletion or a move of a tag between two requests; of another after each.</param>
/// <param name="ShortPages">The chance that a page lacks half of its rows.</param>
/// <param name="InFlight">Requests under way at once; they are answered in any order.</param>
internal sealed record Situation(SimulatedOrder Order, bool TellsTotal, double ChangesPerRequest, double ShortPages, int InFlight)
{
    public bool IsInOrderOfTime => Order is SimulatedOrder.Newest or SimulatedOrder.Oldest;

    public bool IsQuiet => ChangesPerRequest == 0 && ShortPages == 0;

    public static IReadOnlyList<Situation> All { get; } =
    [
        .. from order in Enum.GetValues<SimulatedOrder>()
           from changes in new[] { 0, 0.02, 0.05, 0.2 }
           from inFlight in new[] { 1, 4, 20 }
           select new Situation(order, true, changes, 0, inFlight),
        .. from order in Enum.GetValues<SimulatedOrder>()
           select new Situation(order, true, 0, 0.05, 10),
        // Nothing tells of further pages then: one is read after the other.
        .. from order in new[] { SimulatedOrder.Newest, SimulatedOrder.Oldest, SimulatedOrder.Name }
           from changes in new[] { 0, 0.02, 0.05, 0.2 }
           select new Situation(order, false, changes, 0, 1),
    ];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Order} | {(TellsTotal ? "yes" : "no")} | {ChangesPerRequest:0.00} | {ShortPages:0.00} | {InFlight}");
}
