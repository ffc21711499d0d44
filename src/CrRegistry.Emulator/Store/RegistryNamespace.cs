namespace CrRegistry.Emulator.Store;

/// <summary>A namespace: it is there as long as a repository is in it.</summary>
internal sealed record RegistryNamespace(RegistryInstance Instance, string NamespaceName)
{
    public string NamespaceId => Fingerprint.Id("crn-", $"{Instance.InstanceId}/{NamespaceName}");
}
