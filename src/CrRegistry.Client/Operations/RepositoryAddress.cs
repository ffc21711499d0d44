namespace CrRegistry.Client.Operations;

/// <summary>Where a repository is, by its ID; what is known of its name besides.</summary>
internal sealed record RepositoryAddress(string InstanceId, string? RegionId, string RepoId, string? NamespaceName, string? Name);
