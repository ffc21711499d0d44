using System.Reflection;

namespace CrRegistry.Loading;

/// <summary>On .NET Framework, which has no load contexts, resolves names in <c>dependencies/</c>, but only for assemblies of the module.</summary>
internal sealed class NetFrameworkResolver : IDependencyResolver
{
    public void Hook() => AppDomain.CurrentDomain.AssemblyResolve += Resolve;

    public void Unhook() => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private static Assembly? Resolve(object? sender, ResolveEventArgs args) =>
        args.RequestingAssembly is { } asking && DependencyFolder.Contains(asking) && DependencyFolder.Find(new AssemblyName(args.Name)) is { } file
            ? Assembly.LoadFrom(file)
            : null;
}
