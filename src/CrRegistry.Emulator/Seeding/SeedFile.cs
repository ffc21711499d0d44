using System.Text.Json;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Seeding;

/// <summary>Reads the JSON output of <c>Get-CrRepoTag -All | ConvertTo-Json</c>, which is an array or one object.</summary>
internal static class SeedFile
{
    public const string DefaultNamespaceName = "team";
    public const string DefaultRepoName = "app";

    public static void Load(string file, RegistryStore registry)
    {
        using JsonDocument document = Parse(file);
        JsonElement[] rows = document.RootElement.ValueKind switch
        {
            JsonValueKind.Array => [.. document.RootElement.EnumerateArray()],
            JsonValueKind.Object => [document.RootElement],
            _ => throw new SeedFileException(file, null, "it must contain an array of tags, or one tag."),
        };

        // Collected first, because adding tags one by one to a sorted list takes quadratic time.
        Dictionary<RegistryRepository, Dictionary<string, RegistryTag>> tags = [];
        for (int i = 0; i < rows.Length; i++)
        {
            string place = $"tag number {i + 1}";
            if (rows[i].ValueKind != JsonValueKind.Object)
                throw new SeedFileException(file, place, "it must be an object.");
            var row = new SeedRow(rows[i], file, place);
            RegistryRepository repository = RepositoryOf(row, registry);
            if (!tags.TryGetValue(repository, out var ofRepository))
                tags.Add(repository, ofRepository = new(StringComparer.Ordinal));
            RegistryTag tag = row.ToTag();
            if (!ofRepository.TryAdd(tag.Tag, tag))
                throw row.Error("Tag", $"'{tag.Tag}' occurs twice in '{repository.NamespaceName}/{repository.RepoName}'.");
        }

        foreach ((RegistryRepository repository, Dictionary<string, RegistryTag> ofRepository) in tags)
            repository.Add(ofRepository.Values);
    }

    private static JsonDocument Parse(string file)
    {
        try
        {
            // As text and not as bytes, because Windows PowerShell writes files in UTF-16.
            return JsonDocument.Parse(File.ReadAllText(file));
        }
        catch (JsonException wrong)
        {
            throw new SeedFileException(file, $"line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}", "it is not JSON.", wrong);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SeedFileException(file, null, unreadable.Message, unreadable);
        }
    }

    // A row may specify its repository by ID, by name, by both or not at all.
    private static RegistryRepository RepositoryOf(SeedRow row, RegistryStore registry)
    {
        RegistryInstance instance = registry.GetOrAddInstance(row.InstanceId, row.RegionId);
        string namespaceName = row.RepoNamespaceName ?? DefaultNamespaceName;
        string repoName = row.RepoName ?? row.RepoId ?? DefaultRepoName;
        RegistryRepository? known = row.RepoId is { } repoId
            ? registry.FindRepository(instance.InstanceId, repoId)
            : registry.FindRepository(instance.InstanceId, namespaceName, repoName);
        try
        {
            return known ?? registry.AddRepository(namespaceName, repoName, row.RepoId, instance.InstanceId);
        }
        catch (ArgumentException taken)
        {
            throw row.Error("RepoId", taken.Message, taken);
        }
    }
}
