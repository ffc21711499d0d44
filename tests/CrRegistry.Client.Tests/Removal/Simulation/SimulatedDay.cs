using System.Globalization;

namespace CrRegistry.Client.Tests.Removal.Simulation;

/// <summary>The conditions of one clean-up.</summary>
internal sealed record SimulatedDay
{
    /// <summary>The probability of a change by others while a request is on its way, and again while its reply is.</summary>
    public double Changes { get; private init; }

    /// <summary>The probability that a request fails.</summary>
    public double Faults { get; private init; }

    /// <summary>The probability that the command is stopped while a request is on its way, and again while its reply is.</summary>
    public double Stops { get; private init; }

    /// <summary>True if a delete without a reply may be executed later.</summary>
    public bool HasLateDeletes { get; private init; }

    /// <summary>The number of deletes in flight.</summary>
    public int InFlight { get; private init; }

    public bool IsQuiet => Changes == 0 && Faults == 0 && Stops == 0;

    public static SimulatedDay Of(Random random) => new()
    {
        Changes = OneOf(random, 0, 0.02, 0.1, 0.3),
        Faults = OneOf(random, 0, 0.05, 0.2, 0.4),
        Stops = OneOf(random, 0, 0, 0.005, 0.02),
        HasLateDeletes = random.Next(4) == 0,
        InFlight = random.Next(1, 6),
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"changes {Changes}, faults {Faults}, stops {Stops}, late deletes {HasLateDeletes}, in flight {InFlight}");

    private static double OneOf(Random random, params double[] values) => values[random.Next(values.Length)];
}
