namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>The PageSize in the replies of a simulated repository.</summary>
internal enum SimulatedEcho
{
    /// <summary>The effective page size.</summary>
    Effective,

    /// <summary>The page size that was requested, or none.</summary>
    Requested,

    /// <summary>The number of rows on the page.</summary>
    Rows,

    One,
}
