using System.Reflection;
using System.Runtime.Loader;

namespace CrRegistry.Loading;

/// <summary>On .NET: hands the client, and nothing else, from a private load context to whoever asks the default one for it.</summary>
internal sealed class LoadContextResolver : IDependencyResolver
{
    private static readonly DependencyLoadContext s_context = new();

    public void Hook() => AssemblyLoadContext.Default.Resolving += Resolve;

    public void Unhook() => AssemblyLoadContext.Default.Resolving -= Resolve;

    // Resolving does not say who asks. One name, which nobody else has, is answered; all others are none of this module's business.
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        // Where its file is missing the private context would ask the default one again, without end.
        name.Name == DependencyFolder.ClientAssembly && DependencyFolder.Find(name) is not null ? s_context.LoadFromAssemblyName(name) : null;
}
