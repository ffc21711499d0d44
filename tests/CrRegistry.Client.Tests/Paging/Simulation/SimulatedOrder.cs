namespace CrRegistry.Client.Tests.Paging.Simulation;

/// <summary>The order in which a simulated repository lists its tags.</summary>
public enum SimulatedOrder
{
    Newest,
    Oldest,
    Name,

    /// <summary>Shuffled anew for each request.</summary>
    Unstable,
}
