namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>The TotalCount of a simulated repository.</summary>
internal enum SimulatedCount
{
    Exact,

    /// <summary>Too low by the same number in each reply of a run.</summary>
    Low,

    /// <summary>A fraction of the tags, the same for each reply of a run.</summary>
    Fraction,

    Zero,

    /// <summary>The number of tags some requests ago.</summary>
    Lagging,

    CappedAt200,

    CappedAt1000,

    Missing,

    /// <summary>Missing from half of the replies.</summary>
    SometimesMissing,

    /// <summary>Off by up to three, by another number in each reply.</summary>
    Jumping,

    SevenTooHigh,

    HundredThousand,

    /// <summary>2^53-1, the largest integer that JavaScript can represent.</summary>
    LargestSafeInteger,
}
