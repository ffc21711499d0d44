namespace CrRegistry.Client.Tests.Removal.Simulation;

/// <summary>A tag in one of its states. A push replaces it by another one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Digest">The digest of its image, in lowercase and without the algorithm.</param>
/// <param name="Update">The time of the push in milliseconds; null if the service does not know it.</param>
internal sealed record SimulatedTag(string Name, string Digest, long? Update);

/// <summary>A tag of a repository.</summary>
internal readonly record struct TagKey(string RepoId, string Tag);
