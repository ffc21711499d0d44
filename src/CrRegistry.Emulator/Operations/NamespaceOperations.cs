using System.Text.Json.Nodes;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Operations;

/// <summary>ListNamespace and GetNamespace.</summary>
internal static class NamespaceOperations
{
    private const string Status = "NORMAL";

    public static JsonObject List(RegistryStore store, CallParameters parameters)
    {
        var paging = Paging.Of(parameters, store.LargestPageSize);
        RegistryNamespace[] all = [.. store.NamespacesOf(Lookup.Instance(store, parameters)).Where(one =>
            (parameters.Optional("NamespaceName") ?? one.NamespaceName) == one.NamespaceName
            && (parameters.Optional("NamespaceStatus") ?? Status) == Status)];
        return Listing.Of("Namespaces", paging, Listing.PageOf(all, paging, Fields), Listing.Quoted(all.Length));
    }

    public static JsonObject Get(RegistryStore store, CallParameters parameters) => Fields(Lookup.Namespace(store, parameters));

    private static JsonObject Fields(RegistryNamespace one) => new()
    {
        ["NamespaceId"] = one.NamespaceId,
        ["NamespaceName"] = one.NamespaceName,
        ["NamespaceStatus"] = Status,
        ["InstanceId"] = one.Instance.InstanceId,
        ["AutoCreateRepo"] = true,
        ["DefaultRepoType"] = "PRIVATE",
        ["DefaultRepoConfiguration"] = new JsonObject { ["RepoType"] = "PRIVATE", ["TagImmutability"] = false },
        ["ResourceGroupId"] = "rg-emulator",
    };
}
