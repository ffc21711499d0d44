using System.Text.Json.Nodes;
using CrRegistry.Emulator.Replies;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Operations;

/// <summary>The operations that the emulator answers, by name.</summary>
internal sealed class OperationTable(RegistryStore store)
{
    private static readonly Dictionary<string, Operation> s_operations = new(StringComparer.Ordinal)
    {
        ["ListInstance"] = InstanceOperations.List,
        ["GetInstance"] = InstanceOperations.Get,
        ["ListNamespace"] = NamespaceOperations.List,
        ["GetNamespace"] = NamespaceOperations.Get,
        ["ListRepository"] = RepositoryOperations.List,
        ["GetRepository"] = RepositoryOperations.Get,
        ["ListRepoTag"] = TagOperations.List,
        ["GetRepoTag"] = TagOperations.Get,
        ["DeleteRepoTag"] = TagOperations.Delete,
    };

    public JsonObject Answer(ReceivedRequest request)
    {
        string action = request.Action!;
        if (!s_operations.TryGetValue(action, out Operation? operation))
            throw ApiFault.NotFound("InvalidAction.NotFound", $"Specified api is not found: {action}.");
        if (!Allows(action, request.Method))
            throw ApiFault.BadRequest("UnsupportedHTTPMethod", $"{action} does not support {request.Method}.");
        return operation(store, request.Parameters);
    }

    // The service's metadata give this one to GET alone.
    private static bool Allows(string action, string method) =>
        HttpMethods.IsGet(method) || (HttpMethods.IsPost(method) && action != "GetRepoTag");
}
