namespace CrRegistry.Emulator.Store;

/// <summary>An instance of the registry.</summary>
/// <param name="InstanceId">The ID, <c>cri-…</c>.</param>
/// <param name="RegionId">The region of the instance.</param>
/// <param name="CreatedAt">The time at which it was added.</param>
public sealed record RegistryInstance(string InstanceId, string RegionId, DateTimeOffset CreatedAt)
{
    /// <summary>The name of the instance.</summary>
    public string InstanceName => "emulator-" + InstanceId[^4..];
}
