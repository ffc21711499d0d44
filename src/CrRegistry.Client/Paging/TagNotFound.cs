namespace CrRegistry.Client.Paging;

/// <summary>A message of a listing: the repository has no tag of a name that was asked for.</summary>
/// <param name="Tag">The name.</param>
internal sealed record TagNotFound(string Tag);
