using System.Text.Json.Serialization;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator.Operations;

/// <summary>The fields of a tag in a reply. Fields that are null are omitted.</summary>
/// <typeparam name="TTime">Text in the list, where times are in quotes; a number elsewhere.</typeparam>
internal sealed class TagFields<TTime>(RegistryTag tag, Func<DateTimeOffset?, TTime?> time)
{
    public string Tag => tag.Tag;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Digest => tag.Digest;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ImageId => tag.ImageId;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status => tag.Status;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ImageSize => tag.ImageSize;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TTime? ImageCreate => time(tag.ImageCreate);

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TTime? ImageUpdate => time(tag.ImageUpdate);
}
