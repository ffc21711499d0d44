namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>The required result of a listing of a simulated repository.</summary>
internal enum Demand
{
    /// <summary>The complete list, because nothing changed and the replies are sufficient.</summary>
    Complete,

    /// <summary>The complete list or an error.</summary>
    CompleteOrError,

    /// <summary>An error: TotalCount is too high, and the missing tags cannot be ruled out.</summary>
    Error,
}
