namespace CrRegistry.Emulator.Store;

/// <summary>An instance of the registry.</summary>
/// <param name="InstanceId">Its id, <c>cri-…</c>.</param>
/// <param name="RegionId">The region that it is in.</param>
/// <param name="CreatedAt">When it was added.</param>
public sealed record RegistryInstance(string InstanceId, string RegionId, DateTimeOffset CreatedAt)
{
    /// <summary>The name of the instance.</summary>
    public string InstanceName => "emulator-" + InstanceId[^4..];
}
