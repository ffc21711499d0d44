using System.Management.Automation;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Arguments;

/// <summary>What a user gave as an instance.</summary>
internal static class InstanceArgument
{
    /// <summary>What is wrong with the ID of an instance; null where nothing is.</summary>
    public static ErrorRecord? Validate(CrContext context, string? instanceId) => instanceId switch
    {
        null => FailureRecord.OfMissing(context, "instance", "InstanceId"),
        _ when !Identifier.IsInstanceId(instanceId) => FailureRecord.OfArgument($"'{instanceId}' is not the ID of an instance, 'cri-…'.", "InstanceIdInvalid", instanceId),
        _ => null,
    };
}
