namespace CrRegistry.Benchmarks.Contenders;

/// <summary>The cost of one run, measured by the operating system for the process.</summary>
/// <param name="Values">The values that the process printed, by name, in milliseconds and bytes.</param>
/// <param name="Requests">The number of requests that the server received.</param>
/// <param name="RoundTrips">The number of requests that had to follow one another.</param>
internal sealed record Cost(IReadOnlyDictionary<string, double> Values, int Requests, int RoundTrips)
{
    public const string Elapsed = "Elapsed";
    public const string Cpu = "Cpu";
    public const string Peak = "Peak";

    public double Milliseconds => Values[Elapsed];

    public double CpuMilliseconds => Values[Cpu];

    public double PeakMegabytes => Values[Peak] / 1_000_000;
}
