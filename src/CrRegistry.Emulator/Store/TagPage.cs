namespace CrRegistry.Emulator.Store;

/// <summary>One page of a repository's tags, and the number of all tags at that moment.</summary>
internal sealed record TagPage(IReadOnlyList<RegistryTag> Tags, int TotalCount);
