using System.Reflection;
using System.Runtime.Loader;

namespace CrRegistry.Loading;

/// <summary>
/// Holds the client and those of its dependencies that the host does not bring in a sufficient version.
/// What the host does bring is taken from it: a second System.Text.Json beside the framework's would exchange types that are not the same.
/// </summary>
internal sealed class DependencyLoadContext : AssemblyLoadContext
{
    private const string TrustedAssemblies = "TRUSTED_PLATFORM_ASSEMBLIES";

    private readonly Lazy<Dictionary<string, string>> _hostFiles = new(ReadHostFiles);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The models are what users hold: there is one of them, beside the module.
        var models = typeof(ImageTag).Assembly;
        if (assemblyName.Name == models.GetName().Name) return models;
        // A name without a version is content with any.
        if (HostVersion(assemblyName) is { } version && !(version < assemblyName.Version)) return null;
        return DependencyFolder.Find(assemblyName) is { } file ? LoadFromAssemblyPath(file) : null;
    }

    private Version? HostVersion(AssemblyName assemblyName) =>
        _hostFiles.Value.TryGetValue(assemblyName.Name!, out var file) ? GetAssemblyName(file).Version : null;

    private static Dictionary<string, string> ReadHostFiles()
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var list = AppDomain.CurrentDomain.GetData(TrustedAssemblies) as string ?? string.Empty;
        foreach (var file in list.Split([Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries))
            files[Path.GetFileNameWithoutExtension(file)] = file;
        return files;
    }
}
