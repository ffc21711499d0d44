using System.Management.Automation;
using CrRegistry.Client.Transport;

namespace CrRegistry;

/// <summary>Rejects text without the form of a region ID, which becomes part of a host name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateRegionIdAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        // An empty region from the pipeline counts as not specified.
        if (arguments is string { Length: > 0 } region && !ServiceEndpoint.IsRegionId(region))
            throw new ValidationMetadataException($"'{SafeText.Of(region)}' is not a region ID such as 'cn-shanghai'. Specify only lower-case letters, digits and hyphens.");
    }
}
