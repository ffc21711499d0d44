namespace CrRegistry.Requests;

/// <summary>The instance of a request.</summary>
/// <param name="InstanceId">The ID of the instance, for example <c>cri-kmsiwlxxdcvaduwb</c>.</param>
/// <param name="RegionId">The requested region, which is written on the rows; null if only an endpoint is known.</param>
internal sealed record InstanceScope(string InstanceId, string? RegionId);

/// <summary>The repository of a request.</summary>
/// <param name="Instance">The instance that has the repository.</param>
/// <param name="Repository">The repository.</param>
internal sealed record RepositoryScope(InstanceScope Instance, RepositoryReference Repository);
