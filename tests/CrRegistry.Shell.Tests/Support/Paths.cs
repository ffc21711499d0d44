using System.Reflection;

namespace CrRegistry.Shell.Tests.Support;

/// <summary>Paths from the build of the tests.</summary>
internal static class Paths
{
    /// <summary>The folder of the solution.</summary>
    public static string Root => Metadata("RepositoryRoot");

    /// <summary>The folder of the staged module.</summary>
    public static string Module => Metadata("StagingDirectory");

    /// <summary>The PowerShell version of the tool manifest, as an argument of <c>dotnet</c>.</summary>
    public static string PowerShell => Metadata("PowerShell");

    /// <summary>The built quickstart, as an argument of <c>dotnet</c>.</summary>
    public static string Quickstart => Metadata("Quickstart");

    /// <summary>The folder of restored packages.</summary>
    public static string Packages => Metadata("NuGetPackageRoot");

    /// <summary>The configuration of the tested build.</summary>
    public static string Configuration => Metadata("Configuration");

    private static string Metadata(string key) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
