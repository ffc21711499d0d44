using CrRegistry.Emulator.Replies;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Operations;

/// <summary>Finds the instance, namespace or repository of a call, or throws the error of the service.</summary>
internal static class Lookup
{
    public static RegistryInstance Instance(RegistryStore store, CallParameters parameters)
    {
        string id = parameters.Required("InstanceId");
        return store.Instances.FirstOrDefault(instance => instance.InstanceId == id)
            ?? throw ApiFault.NotFound("INSTANCE_NOT_EXIST", "instance is not exist");
    }

    public static RegistryNamespace Namespace(RegistryStore store, CallParameters parameters)
    {
        RegistryInstance instance = Instance(store, parameters);
        Func<RegistryNamespace, bool> named = parameters.Optional("NamespaceId") is { } id
            ? one => one.NamespaceId == id
            : one => one.NamespaceName == parameters.Required("NamespaceName");
        return store.NamespacesOf(instance).FirstOrDefault(named)
            ?? throw ApiFault.NotFound("NAMESPACE_NOT_EXIST", "namespace is not exist");
    }

    /// <summary>Finds a repository by its ID, which the operations on tags require.</summary>
    public static RegistryRepository RepositoryById(RegistryStore store, CallParameters parameters)
    {
        RegistryInstance instance = Instance(store, parameters);
        return store.FindRepository(instance.InstanceId, parameters.Required("RepoId")) ?? throw NoRepository();
    }

    public static RegistryRepository Repository(RegistryStore store, CallParameters parameters)
    {
        if (parameters.Optional("RepoNamespaceName") is not { } namespaceName
            || parameters.Optional("RepoName") is not { } repoName
            || parameters.Optional("RepoId") is not null)
        {
            return RepositoryById(store, parameters);
        }

        RegistryInstance instance = Instance(store, parameters);
        return store.FindRepository(instance.InstanceId, namespaceName, repoName) ?? throw NoRepository();
    }

    /// <summary>Finds a repository by its names, which CreateRepoTag requires. Its parameter for the namespace is NamespaceName.</summary>
    public static RegistryRepository RepositoryByName(RegistryStore store, CallParameters parameters)
    {
        RegistryInstance instance = Instance(store, parameters);
        return store.FindRepository(instance.InstanceId, parameters.Required("NamespaceName"), parameters.Required("RepoName")) ?? throw NoRepository();
    }

    /// <summary>Finds the tag that the parameter Tag specifies.</summary>
    public static RegistryTag Tag(RegistryRepository repository, CallParameters parameters, string parameter = "Tag") =>
        repository.Find(parameters.Required(parameter)) ?? throw NoTag();

    /// <summary>Returns the error for a tag that does not exist.</summary>
    public static ApiFault NoTag() => ApiFault.NotFound("TAG_NOT_EXIST", "tag is not exist");

    private static ApiFault NoRepository() => ApiFault.NotFound("REPO_NOT_EXIST", "repo is not exist");
}
