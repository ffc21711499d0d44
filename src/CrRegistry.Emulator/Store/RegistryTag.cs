namespace CrRegistry.Emulator.Store;

/// <summary>A tag of the emulator. Fields that are null are omitted from replies.</summary>
public record RegistryTag
{
    /// <summary>The name of the tag.</summary>
    public required string Tag { get; init; }

    /// <summary>The digest of the image: 64 hexadecimal digits, as in replies of the service.</summary>
    public virtual string? Digest { get; init; }

    /// <summary>The ID of the image.</summary>
    public virtual string? ImageId { get; init; }

    /// <summary>The status: NORMAL or DELETING in the service.</summary>
    public string? Status { get; init; } = "NORMAL";

    /// <summary>The size of the image in bytes.</summary>
    public long? ImageSize { get; init; }

    /// <summary>The time at which the image was created.</summary>
    public DateTimeOffset? ImageCreate { get; init; }

    /// <summary>The time at which the image was last pushed.</summary>
    public DateTimeOffset? ImageUpdate { get; init; }
}
