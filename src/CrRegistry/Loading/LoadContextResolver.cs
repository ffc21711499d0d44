using System.Reflection;
using System.Runtime.Loader;

namespace CrRegistry.Loading;

/// <summary>On .NET, loads the client, and nothing else, from a private load context into the default one.</summary>
internal sealed class LoadContextResolver : IDependencyResolver
{
    private static readonly DependencyLoadContext s_context = new();

    public void Hook() => AssemblyLoadContext.Default.Resolving += Resolve;

    public void Unhook() => AssemblyLoadContext.Default.Resolving -= Resolve;

    // The event does not contain the requesting assembly, so that only the unique name of the client is resolved.
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        // If the file is missing, the private context would ask the default one again, in an endless loop.
        name.Name == DependencyFolder.ClientAssembly && DependencyFolder.Find(name) is not null ? s_context.LoadFromAssemblyName(name) : null;
}
