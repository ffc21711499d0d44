namespace CrRegistry.Benchmarks.Contenders;

/// <summary>What one run cost, by the word of the operating system of the process that made it.</summary>
/// <param name="Values">What the process printed, by name: milliseconds and bytes.</param>
/// <param name="Requests">How many requests the server saw.</param>
/// <param name="RoundTrips">How many of them followed one another.</param>
internal sealed record Cost(IReadOnlyDictionary<string, double> Values, int Requests, int RoundTrips)
{
    public const string Elapsed = "Elapsed";
    public const string Cpu = "Cpu";
    public const string Peak = "Peak";

    public double Milliseconds => Values[Elapsed];

    public double CpuMilliseconds => Values[Cpu];

    public double PeakMegabytes => Values[Peak] / 1_000_000;
}
