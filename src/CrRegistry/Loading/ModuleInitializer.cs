using System.Diagnostics;
using System.Management.Automation;
using System.Runtime.InteropServices;
using CrRegistry.Session;
using Microsoft.PowerShell.Commands;

namespace CrRegistry.Loading;

/// <summary>
/// Separates the module's dependencies from those of the host and of other modules while the module is imported.
/// When Remove-Module removes the module from a runspace, the context of that runspace is dropped with its secrets.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly object s_lock = new();
    private static readonly IDependencyResolver s_resolver = IsNetFramework ? new NetFrameworkResolver() : new LoadContextResolver();

    /// <summary>The number of runspaces that imported the module. A closed runspace has not removed the module and is still counted.</summary>
    private static int s_imports;

    private static bool IsNetFramework => RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>Runs when the module is imported. Loads no dependency, because the client is loaded at the first call.</summary>
    public void OnImport()
    {
        // PowerShell finds only types of loaded assemblies. A script may use [CrRegistry.ImageTag] before its first call.
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
    /// True if a user removes the module. <c>Import-Module -Force</c> also removes it and imports it again. A script that begins with it
    /// keeps its connection. The two cases differ only in the calling command.
    /// </summary>
    private static bool IsCalledByRemoveModule() =>
        new StackTrace().GetFrames().Select(frame => frame.GetMethod()?.DeclaringType)
            .FirstOrDefault(type => type == typeof(RemoveModuleCommand) || type == typeof(ImportModuleCommand)) == typeof(RemoveModuleCommand);
}
