using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace CrRegistry.Benchmarks;

/// <summary>Checks that the staged module is a Release build. Measurements of another build are useless.</summary>
internal static class BuildOfModule
{
    /// <summary>Returns the problem of the build, or null.</summary>
    public static string? Problem => IsRelease(Path.Join(Paths.Staging, "CrRegistry.dll")) && IsRelease(Path.Join(Paths.Staging, "dependencies", "CrRegistry.Client.dll"))
        ? null
        : "The module at 'out/CrRegistry' is not a Release build. Run 'dotnet run -c Release --project tests/CrRegistry.Benchmarks', without another build at the same time.";

    private static bool IsRelease(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var value = metadata.GetBlobBytes(metadata.GetCustomAttribute(handle).Value);
            if (Encoding.UTF8.GetString(value).Contains("Release", StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
