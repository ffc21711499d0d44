using System.Text.Json.Nodes;
using CrRegistry.Emulator.Replies;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;
using CrRegistry.Requests;

namespace CrRegistry.Emulator.Operations;

/// <summary>The operations that the emulator supports, by name.</summary>
internal sealed class OperationTable(RegistryStore store)
{
    private static readonly Dictionary<Operation, OperationHandler> s_handlers = new()
    {
        [Operation.ListInstance] = InstanceOperations.List,
        [Operation.GetInstance] = InstanceOperations.Get,
        [Operation.ListInstanceEndpoint] = InstanceOperations.ListEndpoints,
        [Operation.GetAuthorizationToken] = InstanceOperations.CreateToken,
        [Operation.ListNamespace] = NamespaceOperations.List,
        [Operation.GetNamespace] = NamespaceOperations.Get,
        [Operation.ListRepository] = RepositoryOperations.List,
        [Operation.GetRepository] = RepositoryOperations.Get,
        [Operation.ListRepoTag] = TagOperations.List,
        [Operation.GetRepoTag] = TagOperations.Get,
        [Operation.CreateRepoTag] = TagOperations.Create,
        [Operation.DeleteRepoTag] = TagOperations.Delete,
        [Operation.CreateRepoTagScanTask] = ScanOperations.Create,
        [Operation.GetRepoTagScanStatus] = ScanOperations.Status,
        [Operation.GetRepoTagScanSummary] = ScanOperations.Summary,
        [Operation.ListRepoTagScanResult] = ScanOperations.List,
    };

    public JsonObject Answer(ReceivedRequest request)
    {
        string action = request.Action!;
        if (Operation.Find(action) is not { } operation || !s_handlers.TryGetValue(operation, out OperationHandler? handle))
            throw ApiFault.NotFound("InvalidAction.NotFound", $"Specified api is not found: {action}.");
        if (!operation.Methods.Contains(request.Method))
            throw ApiFault.BadRequest("UnsupportedHTTPMethod", $"{action} does not support {request.Method}.");
        return handle(store, request.Parameters);
    }
}
