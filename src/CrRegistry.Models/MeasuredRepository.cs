namespace CrRegistry;

/// <summary>
/// The numbers of one repository: what Measure-CrRepository returns. A repository that could not be read completely has a <see cref="Problem"/>
/// and no numbers.
/// </summary>
public sealed class MeasuredRepository
{
    /// <summary>The number of tags.</summary>
    public long? Tags { get; set; }

    /// <summary>The number of different digests. A tag without a digest counts as an image of its own.</summary>
    public long? Images { get; set; }

    /// <summary>The sum of the sizes of the images, in bytes. Layers that images share are counted in each of them.</summary>
    public long? Size { get; set; }

    /// <summary>The earliest ImageUpdate, in local time (<see cref="DateTimeKind.Local"/>); null if no tag has one.</summary>
    public DateTime? Oldest { get; set; }

    /// <summary>The latest ImageUpdate, in local time (<see cref="DateTimeKind.Local"/>); null if no tag has one.</summary>
    public DateTime? Newest { get; set; }

    /// <summary>The number of tags that were updated less than a day ago.</summary>
    public long? AgeUnder1Day { get; set; }

    /// <summary>The number of tags that were updated 1 to 7 days ago.</summary>
    public long? Age1To7Days { get; set; }

    /// <summary>The number of tags that were updated 7 to 30 days ago.</summary>
    public long? Age7To30Days { get; set; }

    /// <summary>The number of tags that were updated 30 to 90 days ago.</summary>
    public long? Age30To90Days { get; set; }

    /// <summary>The number of tags that were updated 90 to 180 days ago.</summary>
    public long? Age90To180Days { get; set; }

    /// <summary>The number of tags that were updated 180 to 365 days ago.</summary>
    public long? Age180To365Days { get; set; }

    /// <summary>The number of tags that were updated 365 days ago or earlier.</summary>
    public long? AgeOver365Days { get; set; }

    /// <summary>The reason if the repository could not be read completely; otherwise null.</summary>
    public string? Problem { get; set; }

    /// <summary>The ID of the instance.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The ID of the region; null if only an endpoint was specified.</summary>
    public string? RegionId { get; set; }

    /// <summary>The ID of the repository; null if it was specified by its name and not found.</summary>
    public string? RepoId { get; set; }

    /// <summary>The namespace of the repository; null if it was specified by its ID.</summary>
    public string? RepoNamespaceName { get; set; }

    /// <summary>The name of the repository; null if it was specified by its ID.</summary>
    public string? RepoName { get; set; }

    /// <summary>The repository's full name.</summary>
    /// <returns><c>namespace/name</c>, or <see cref="RepoId"/> if the name is unknown.</returns>
    public override string ToString() =>
        RepoNamespaceName is null || RepoName is null ? RepoId ?? string.Empty : $"{RepoNamespaceName}/{RepoName}";
}
