using System.Text.Json;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Seeding;

/// <summary>One object of a seed file.</summary>
internal sealed class SeedRow(JsonElement row, string file, string place)
{
    public string? InstanceId => Text("InstanceId");

    public string? RegionId => Text("RegionId");

    public string? RepoId => Text("RepoId");

    public string? RepoNamespaceName => Text("RepoNamespaceName");

    public string? RepoName => Text("RepoName");

    public RegistryTag ToTag() => new()
    {
        Tag = Text("Tag") ?? throw Error("Tag", "it is missing."),
        Digest = Text("Digest"),
        ImageId = Text("ImageId"),
        Status = Text("Status"),
        ImageSize = Size(),
        ImageCreate = Time("ImageCreate"),
        ImageUpdate = Time("ImageUpdate"),
    };

    public SeedFileException Error(string property, string reason, Exception? cause = null) => new(file, $"{place}, {property}", reason, cause);

    private string? Text(string property)
    {
        if (Value(property) is not { } value)
            return null;
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : throw Error(property, "it must be a string.");
        return text is { Length: > 0 } ? text : null;
    }

    private long? Size()
    {
        if (Value("ImageSize") is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long size) ? size : throw Error("ImageSize", "it must be a whole number.");
    }

    private DateTimeOffset? Time(string property)
    {
        if (Value(property) is not { } value)
            return null;
        return SeedTime.TryRead(value, out DateTimeOffset time) ? time : throw Error(property, "it must be an ISO 8601 time, milliseconds since 1970, or /Date(ms)/.");
    }

    private JsonElement? Value(string property) =>
        row.TryGetProperty(property, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
