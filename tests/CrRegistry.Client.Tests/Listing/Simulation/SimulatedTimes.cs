namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>The number of tags of a simulated repository that share an ImageUpdate.</summary>
internal enum SimulatedTimes
{
    /// <summary>Each tag has its own.</summary>
    Distinct,

    /// <summary>Two to five tags share one, as after a build that pushes several.</summary>
    Few,

    /// <summary>Groups of 100 to 400 tags share one, as after a migration.</summary>
    Many,

    /// <summary>All tags that exist before the listing share one.</summary>
    One,

    /// <summary>All tags share one, including those that are pushed later.</summary>
    Frozen,
}
