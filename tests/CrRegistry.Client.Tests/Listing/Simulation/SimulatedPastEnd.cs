namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>The reply of a simulated repository to a request for a page past its last one.</summary>
internal enum SimulatedPastEnd
{
    Empty,
    LastPage,
    FirstPage,

    /// <summary>An error of the 4xx class.</summary>
    Rejection,
}
