namespace CrRegistry.Emulator.Store;

/// <summary>One page of a repository's tags, and how many there were when it was cut.</summary>
internal sealed record TagPage(IReadOnlyList<RegistryTag> Tags, int TotalCount);
