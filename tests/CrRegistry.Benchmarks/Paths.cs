using System.Reflection;

namespace CrRegistry.Benchmarks;

/// <summary>The paths of the build output.</summary>
internal static class Paths
{
    public static string Staging => Of("StagingDirectory");

    public static string Results => Of("ResultsDirectory");

    public static string BareHost => Of("BareHost");

    /// <summary>The manifest of a binary module that does nothing.</summary>
    public static string EmptyModule => Of("EmptyModule");

    private static string Of(string key) =>
        typeof(Paths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
