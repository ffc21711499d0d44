namespace CrRegistry.Emulator.Store;

/// <summary>A namespace. It exists as long as it contains a repository.</summary>
internal sealed record RegistryNamespace(RegistryInstance Instance, string NamespaceName)
{
    public string NamespaceId => Fingerprint.Id("crn-", $"{Instance.InstanceId}/{NamespaceName}");
}
