namespace CrRegistry.Loading;

/// <summary>Finds the assemblies in <c>dependencies/</c> when the runtime asks for them.</summary>
internal interface IDependencyResolver
{
    void Hook();

    void Unhook();
}
