using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrRegistry.Emulator.Operations;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Faults;

/// <summary>Changes a reply and the registry before the reply is sent, so that the caller finds the changed registry.</summary>
internal sealed class ReplyChanges(EmulatorOptions options, RegistryStore store)
{
    private readonly TagChurn? _churn = options.Churn > 0 ? new TagChurn(options.Churn, options.RandomSeed, options.TimeProvider) : null;

    public Func<ReceivedCall, JsonObject, CancellationToken, Task>? Hook { get; set; }

    public async Task<JsonObject> ApplyAsync(ReceivedCall call, JsonObject body, CancellationToken cancellationToken)
    {
        if (call.Action == "ListRepoTag")
        {
            if (options.TotalOffset != 0)
                body["TotalCount"] = Listing.Quoted(Math.Max(0, options.TotalOffset + long.Parse((string)body["TotalCount"]!, CultureInfo.InvariantCulture)));
            _churn?.AfterPage(store.FindRepository(call.Parameters["InstanceId"], call.Parameters["RepoId"])!);
        }

        if (Hook is not { } hook)
            return body;

        // The rows of a list may be a single node. A hook that changes rows needs a node for each row.
        JsonObject nodes = JsonSerializer.SerializeToNode(body)!.AsObject();
        await hook(call, nodes, cancellationToken);
        return nodes;
    }
}
