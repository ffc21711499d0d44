using System.Reflection;

namespace CrRegistry.Loading;

/// <summary>The folder with the client and its dependencies, beside the assembly of the module.</summary>
internal static class DependencyFolder
{
    public const string ClientAssembly = "CrRegistry.Client";

    public static string ModulePath { get; } = Path.GetDirectoryName(typeof(DependencyFolder).Assembly.Location)!;

    private static string FolderPath { get; } = Path.Combine(ModulePath, "dependencies");

    /// <summary>Returns the file of an assembly; null if the folder does not contain it.</summary>
    public static string? Find(AssemblyName assembly)
    {
        var file = Path.Combine(FolderPath, assembly.Name + ".dll");
        return File.Exists(file) ? file : null;
    }

    public static bool Contains(Assembly assembly) =>
        !assembly.IsDynamic && Path.GetDirectoryName(assembly.Location) is { } folder
        && (string.Equals(folder, ModulePath, StringComparison.OrdinalIgnoreCase) || string.Equals(folder, FolderPath, StringComparison.OrdinalIgnoreCase));
}
