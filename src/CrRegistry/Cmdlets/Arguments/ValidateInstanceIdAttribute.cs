using System.Management.Automation;
using CrRegistry.Requests;

namespace CrRegistry;

/// <summary>Refuses a text that has not the form of an instance's ID.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateInstanceIdAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is not string text || !Identifier.IsInstanceId(text))
            throw new ValidationMetadataException($"'{SafeText.Of($"{arguments}")}' is not the ID of an instance, 'cri-…'.");
    }
}
