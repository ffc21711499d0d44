using System.Management.Automation;

namespace CrRegistry;

/// <summary>Rejects a context that was sent to a background job or a remote session, where only its visible properties arrive.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ContextArgumentAttribute : ArgumentTransformationAttribute
{
    private const string DeserializedContext = "Deserialized." + nameof(CrRegistry) + "." + nameof(CrContext);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData is PSObject item && item.TypeNames.Contains(DeserializedContext)
        ? throw new ArgumentTransformationMetadataException("The context comes from another process and contains no credential. Run Connect-CrRegistry in this process.")
        : inputData;
}
