using System.Diagnostics;
using System.Management.Automation;
using System.Runtime.InteropServices;
using CrRegistry.Session;
using Microsoft.PowerShell.Commands;

namespace CrRegistry.Loading;

/// <summary>
/// Keeps the module's dependencies apart from those of the host and of other modules, for as long as the module is imported.
/// When Remove-Module removes it from a runspace, that one's context is forgotten, with its secrets.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly object s_lock = new();
    private static readonly IDependencyResolver s_resolver = IsNetFramework ? new NetFrameworkResolver() : new LoadContextResolver();

    /// <summary>Several runspaces of one process may have the module at once. One that is closed has not removed it, and stays counted.</summary>
    private static int s_imports;

    private static bool IsNetFramework => RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>Runs when the module is imported. Reads no dependency: the client is loaded at the first call.</summary>
    public void OnImport()
    {
        // PowerShell finds a type in assemblies that are loaded: a script may name [CrRegistry.ImageTag] before its first call.
        GC.KeepAlive(typeof(ImageTag));
        lock (s_lock)
        {
            if (s_imports++ == 0) s_resolver.Hook();
        }
    }

    /// <summary>Runs when the module is removed, also by <c>Import-Module -Force</c>.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        var isForGood = IsCalledByRemoveModule();
        if (isForGood) CrSession.Forget();
        lock (s_lock)
        {
            if (s_imports == 0 || --s_imports > 0) return;
            s_resolver.Unhook();
            if (isForGood) CrSession.ForgetAll();
        }
    }

    /// <summary>
    /// True if a user removes the module. <c>Import-Module -Force</c> removes it, too, and imports it again: a script that begins with it
    /// goes on with its connection. PowerShell tells the one from the other by nothing but who calls.
    /// </summary>
    private static bool IsCalledByRemoveModule() =>
        new StackTrace().GetFrames().Select(frame => frame.GetMethod()?.DeclaringType)
            .FirstOrDefault(type => type == typeof(RemoveModuleCommand) || type == typeof(ImportModuleCommand)) == typeof(RemoveModuleCommand);
}
