using System.Globalization;

namespace CrRegistry.Benchmarks.Results;

/// <summary>The target of a measurement.</summary>
internal sealed record Target(double Bound, bool IsFloor)
{
    public static Target AtLeast(double bound) => new(bound, true);

    public static Target AtMost(double bound) => new(bound, false);

    public bool IsMetBy(double value) => IsFloor ? value >= Bound : value <= Bound;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsFloor ? "≥" : "≤")} {Bound}");
}
