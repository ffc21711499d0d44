namespace CrRegistry.Client.Paging;

/// <summary>A message of a listing: the instance has no repository of a name that was asked for.</summary>
/// <param name="Name">The name, or the ID.</param>
internal sealed record RepositoryNotFound(string Name);
