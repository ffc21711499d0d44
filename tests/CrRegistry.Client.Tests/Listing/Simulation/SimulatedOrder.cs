namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>The order in which a simulated repository lists its tags.</summary>
internal enum SimulatedOrder
{
    Newest,
    Oldest,
    Name,

    /// <summary>Shuffled for each request.</summary>
    Unstable,
}
