namespace CrRegistry.Emulator.Store;

/// <summary>A generated tag. Its digests are computed when they are read, because they would take two thirds of the memory of a million tags.</summary>
internal sealed record GeneratedTag(string RepositoryPath) : RegistryTag
{
    public override string? Digest => Fingerprint.Hex($"{RepositoryPath}:{Tag}");

    public override string? ImageId => Fingerprint.Hex($"{RepositoryPath}:{Tag} config");

    /// <summary>Creates the tags v0, v1, …, where v0 is the newest, an hour apart.</summary>
    public static IEnumerable<RegistryTag> Series(string repositoryPath, int count, DateTimeOffset newest)
    {
        // With an hour between them, a million tags would reach back before 1970.
        TimeSpan apart = TimeSpan.FromHours(Math.Min(1, 350_000d / Math.Max(1, count)));
        for (int i = 0; i < count; i++)
            yield return Of(repositoryPath, $"v{i}", i, newest - (apart * i));
    }

    /// <summary>Creates one tag.</summary>
    public static RegistryTag Of(string repositoryPath, string name, int number, DateTimeOffset update) => new GeneratedTag(repositoryPath)
    {
        Tag = name,
        ImageSize = 20_000_000 + (number * 7_919L % 180_000_000),
        ImageCreate = update - TimeSpan.FromMinutes(1),
        ImageUpdate = update,
    };
}
