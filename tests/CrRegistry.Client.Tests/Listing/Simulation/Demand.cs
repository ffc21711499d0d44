namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>What a listing of a simulated repository must end in.</summary>
internal enum Demand
{
    /// <summary>The complete list: nothing changed, and the replies tell enough.</summary>
    Complete,

    /// <summary>The complete list or an error.</summary>
    CompleteOrError,

    /// <summary>An error: TotalCount is too high, and the missing tags cannot be ruled out.</summary>
    Error,
}
