namespace CrRegistry.Benchmarks.Floor;

/// <summary>A row of a page.</summary>
internal sealed class FloorRow
{
    public string Tag { get; set; } = string.Empty;

    public string? Digest { get; set; }

    public string? ImageId { get; set; }

    public string? Status { get; set; }

    public long ImageSize { get; set; }

    public long ImageCreate { get; set; }

    public long ImageUpdate { get; set; }

    public ImageTag ToTag(string repoId) => new()
    {
        Tag = Tag,
        Digest = Digest,
        ImageId = ImageId,
        Status = Status,
        ImageSize = ImageSize,
        ImageCreate = DateTimeOffset.FromUnixTimeMilliseconds(ImageCreate).LocalDateTime,
        ImageUpdate = DateTimeOffset.FromUnixTimeMilliseconds(ImageUpdate).LocalDateTime,
        InstanceId = Worker.InstanceId,
        RepoId = repoId,
    };
}
