using System.Reflection;

namespace CrRegistry.Module.Tests.Support;

/// <summary>The paths of the build output.</summary>
internal static class Paths
{
    public static string Staging => Of("StagingDirectory");

    public static string Repository => Of("RepositoryRoot");

    public static string BareHost => Of("BareHost");

    public static string OldHttpAssembly => Of("OldHttpAssembly");

    private static string Of(string key) =>
        typeof(Paths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
