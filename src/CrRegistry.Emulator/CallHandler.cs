using System.Text.Json.Nodes;
using CrRegistry.Emulator.Identity;
using CrRegistry.Emulator.Operations;
using CrRegistry.Emulator.Replies;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Signatures;

namespace CrRegistry.Emulator;

/// <summary>The last step of the pipeline: verifies a request, does it, and replies.</summary>
internal sealed class CallHandler(RequestVerifier verifier, OperationTable operations, StsService sts, MetadataService metadata)
{
    public Task InvokeAsync(HttpContext context)
    {
        ReceivedRequest request = Exchange.Of(context).Request;
        if (MetadataService.Serves(request.Path))
            return metadata.ReplyAsync(context);
        JsonObject result;
        try
        {
            // All operations of this product are told apart by name, at one path.
            if (request.Path != "/")
                throw ApiFault.NotFound("InvalidApi.NotFound", $"Specified api is not found: {request.Path}.");
            verifier.Verify(request);
            if (request.Version == StsService.Version)
            {
                result = sts.Answer(request);
                result["RequestId"] = Exchange.Of(context).RequestId;
                return Reply.SendBareAsync(context, result);
            }

            result = operations.Answer(request);
        }
        catch (ApiFault fault)
        {
            return Reply.SendAsync(context, fault);
        }

        return Reply.SendAsync(context, result);
    }
}
