namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>
/// SplitMix64. The seeded generator of .NET is not used, because its numbers depend on one another. In its shuffles for each request, one of 1,057 rows
/// was not on any page of 20 readings.
/// </summary>
internal sealed class SeededRandom(ulong seed) : Random
{
    private ulong _state = seed;

    protected override double Sample()
    {
        _state += 0x9E3779B97F4A7C15;
        var number = _state;
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return ((number ^ (number >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
