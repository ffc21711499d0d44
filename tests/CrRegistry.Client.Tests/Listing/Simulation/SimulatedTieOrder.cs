namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>The order of tags with the same ImageUpdate.</summary>
internal enum SimulatedTieOrder
{
    /// <summary>By name.</summary>
    Name,

    /// <summary>The same for each request with the same PageSize.</summary>
    PageSize,

    /// <summary>The same for each request with the same PageNo and PageSize.</summary>
    Page,

    /// <summary>Shuffled for each request.</summary>
    Random,
}
