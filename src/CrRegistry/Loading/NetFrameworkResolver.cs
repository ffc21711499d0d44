using System.Reflection;

namespace CrRegistry.Loading;

/// <summary>On .NET Framework, which has no load contexts: answers for names in <c>dependencies/</c>, and only when the module itself asks.</summary>
internal sealed class NetFrameworkResolver : IDependencyResolver
{
    public void Hook() => AppDomain.CurrentDomain.AssemblyResolve += Resolve;

    public void Unhook() => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private static Assembly? Resolve(object? sender, ResolveEventArgs args) =>
        args.RequestingAssembly is { } asking && DependencyFolder.Contains(asking) && DependencyFolder.Find(new AssemblyName(args.Name)) is { } file
            ? Assembly.LoadFrom(file)
            : null;
}
