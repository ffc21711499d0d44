using System.Management.Automation;
using CrRegistry.Client.Transport;

namespace CrRegistry;

/// <summary>Rejects an endpoint to which no signed request may be sent.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateEndpointAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is Uri endpoint && !ServiceEndpoint.IsUsable(endpoint, out var problem))
        {
            throw new ValidationMetadataException(
                $"The endpoint is not valid, because {problem}. Specify the scheme, the host and optionally the port, for example 'https://cr.cn-shanghai.aliyuncs.com'.");
        }
    }
}
