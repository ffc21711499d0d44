using System.Globalization;

namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>The number of simulated runs.</summary>
internal static class SimulatedRuns
{
    /// <summary>Runs of each situation.</summary>
    public static int Count { get; } = Variable("CRREGISTRY_SIMULATED_RUNS", 5);

    /// <summary>The first seed.</summary>
    public static int Seed { get; } = Variable("CRREGISTRY_SIMULATED_SEED", 0);

    private static int Variable(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : usual;
}
