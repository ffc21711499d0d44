using System.Reflection;

namespace CrRegistry.Shell.Tests.Support;

/// <summary>Paths that are known when the tests are built.</summary>
internal static class Paths
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root => Metadata("RepositoryRoot");

    /// <summary>The folder of the staged module.</summary>
    public static string Module => Metadata("StagingDirectory");

    /// <summary>The PowerShell that the tool manifest pins, as an argument of <c>dotnet</c>.</summary>
    public static string PowerShell => Metadata("PowerShell");

    /// <summary>The built quickstart, as an argument of <c>dotnet</c>.</summary>
    public static string Quickstart => Metadata("Quickstart");

    /// <summary>The folder of restored packages.</summary>
    public static string Packages => Metadata("NuGetPackageRoot");

    /// <summary>The configuration of the build that is tested.</summary>
    public static string Configuration => Metadata("Configuration");

    private static string Metadata(string key) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
