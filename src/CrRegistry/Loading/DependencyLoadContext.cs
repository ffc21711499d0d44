using System.Reflection;
using System.Runtime.Loader;

namespace CrRegistry.Loading;

/// <summary>
/// The load context of the client and of its dependencies for which the host has no sufficient version.
/// The host's versions are used if they are sufficient. A second System.Text.Json beside the framework's would have different types.
/// </summary>
internal sealed class DependencyLoadContext : AssemblyLoadContext
{
    private const string TrustedAssemblies = "TRUSTED_PLATFORM_ASSEMBLIES";

    private readonly Lazy<Dictionary<string, string>> _hostFiles = new(ReadHostFiles);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Users have objects of the models, so that there must be only one copy, beside the module.
        var models = typeof(ImageTag).Assembly;
        if (assemblyName.Name == models.GetName().Name) return models;
        // A name without a version accepts any version.
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
