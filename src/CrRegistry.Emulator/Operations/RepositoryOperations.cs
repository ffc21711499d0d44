using System.Text.Json.Nodes;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Operations;

/// <summary>ListRepository and GetRepository.</summary>
internal static class RepositoryOperations
{
    private const string Status = "NORMAL";

    public static JsonObject List(RegistryStore store, CallParameters parameters)
    {
        var paging = Paging.Of(parameters, store.LargestPageSize);
        RegistryRepository[] all = [.. store.RepositoriesOf(Lookup.Instance(store, parameters)).Where(repository =>
            (parameters.Optional("RepoNamespaceName") ?? repository.NamespaceName) == repository.NamespaceName
            && (parameters.Optional("RepoName") ?? repository.RepoName) == repository.RepoName
            && (parameters.Optional("RepoStatus") ?? Status) is Status or "ALL")];
        return Listing.Of("Repositories", paging, Listing.PageOf(all, paging, Fields), Listing.Quoted(all.Length));
    }

    public static JsonObject Get(RegistryStore store, CallParameters parameters)
    {
        JsonObject fields = Fields(Lookup.Repository(store, parameters));
        fields["Detail"] = "";
        return fields;
    }

    private static JsonObject Fields(RegistryRepository repository) => new()
    {
        ["RepoId"] = repository.RepoId,
        ["RepoName"] = repository.RepoName,
        ["RepoNamespaceName"] = repository.NamespaceName,
        ["RepoStatus"] = Status,
        ["RepoType"] = "PRIVATE",
        ["RepoBuildType"] = "MANUAL",
        ["Summary"] = "",
        ["TagImmutability"] = false,
        ["InstanceId"] = repository.Instance.InstanceId,
        ["ResourceGroupId"] = "rg-emulator",
        ["CreateTime"] = repository.CreatedAt.ToUnixTimeMilliseconds(),
        ["ModifiedTime"] = repository.CreatedAt.ToUnixTimeMilliseconds(),
    };
}
