using System.Management.Automation;
using CrRegistry.Requests;

namespace CrRegistry;

/// <summary>Rejects text without the form of an instance ID.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateInstanceIdAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is not string text || !Identifier.IsInstanceId(text))
            throw new ValidationMetadataException($"'{SafeText.Of($"{arguments}")}' is not the ID of an instance. Specify an ID of the form 'cri-…'.");
    }
}
