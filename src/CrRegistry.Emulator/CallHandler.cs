using System.Text.Json.Nodes;
using CrRegistry.Emulator.Faults;
using CrRegistry.Emulator.Identity;
using CrRegistry.Emulator.Operations;
using CrRegistry.Emulator.Replies;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Signatures;

namespace CrRegistry.Emulator;

/// <summary>The last step of the pipeline. Verifies a request, executes it, and replies.</summary>
internal sealed class CallHandler(
    RequestVerifier verifier, OperationTable operations, StsService sts, MetadataService metadata, ReplyChanges changes)
{
    public async Task InvokeAsync(HttpContext context)
    {
        Exchange exchange = Exchange.Of(context);
        ReceivedRequest request = exchange.Request;
        if (MetadataService.Serves(request.Path))
        {
            await metadata.ReplyAsync(context);
            return;
        }

        JsonObject result;
        try
        {
            // All operations of this product have the same path and differ by name.
            if (request.Path != "/")
                throw ApiFault.NotFound("InvalidApi.NotFound", $"Specified api is not found: {request.Path}.");
            verifier.Verify(request);
            if (exchange.Fault is { Kind: FaultKind.SystemError })
                throw new ApiFault(StatusCodes.Status500InternalServerError, "SystemError", "Unknown error.");
            if (request.Version == StsService.Version)
            {
                result = sts.Answer(request);
                result["RequestId"] = exchange.RequestId;
                await Reply.SendAsync(context, result);
                return;
            }

            result = operations.Answer(request);
        }
        catch (ApiFault fault)
        {
            await Reply.SendAsync(context, fault);
            return;
        }

        Reply.AddEnvelope(exchange, result);
        result = await changes.ApplyAsync(exchange.Call, result, context.RequestAborted);
        await Reply.SendAsync(context, result);
    }
}
