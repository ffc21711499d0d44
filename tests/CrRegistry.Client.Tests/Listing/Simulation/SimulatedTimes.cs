namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>How many tags of a simulated repository share an ImageUpdate.</summary>
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

    /// <summary>All tags share one, also those that are pushed later.</summary>
    Frozen,
}
