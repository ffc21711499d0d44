namespace CrRegistry.Emulator.Store;

/// <summary>A tag as the emulator keeps it. What is null is left out of the replies.</summary>
public record RegistryTag
{
    /// <summary>The name of the tag.</summary>
    public required string Tag { get; init; }

    /// <summary>The digest of the image: 64 hexadecimal digits, as the service writes it.</summary>
    public virtual string? Digest { get; init; }

    /// <summary>The id of the image.</summary>
    public virtual string? ImageId { get; init; }

    /// <summary>The status; the service knows NORMAL and DELETING.</summary>
    public string? Status { get; init; } = "NORMAL";

    /// <summary>The size of the image in bytes.</summary>
    public long? ImageSize { get; init; }

    /// <summary>When the image was created.</summary>
    public DateTimeOffset? ImageCreate { get; init; }

    /// <summary>When the image was last pushed.</summary>
    public DateTimeOffset? ImageUpdate { get; init; }
}
