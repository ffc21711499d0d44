using System.Management.Automation;
using CrRegistry.Client.Paging;

namespace CrRegistry;

/// <summary>Refuses a text that has not the form of an instance's ID.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateInstanceIdAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is string instanceId && !InstanceReference.IsId(instanceId))
            throw new ValidationMetadataException($"'{instanceId}' is not the ID of an instance such as 'cri-kmsiwlxxdcvaduwb'.");
    }
}
