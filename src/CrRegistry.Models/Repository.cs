namespace CrRegistry;

/// <summary>
/// One image repository, as the operations ListRepository and GetRepository return it (API cr 2018-12-01).
/// A field that the service omits or sends empty is <see langword="null"/>.
/// </summary>
public sealed class Repository
{
    /// <summary>The ID of the repository, for example <c>crr-tquyps22md8purzx</c>.</summary>
    public string RepoId { get; set; } = string.Empty;

    /// <summary>The name of the repository.</summary>
    public string? RepoName { get; set; }

    /// <summary>The namespace of the repository.</summary>
    public string? RepoNamespaceName { get; set; }

    /// <summary>The status of the repository: <c>NORMAL</c>, <c>DELETING</c> or <c>DELETED</c>.</summary>
    public string? RepoStatus { get; set; }

    /// <summary>The type: <c>PUBLIC</c> or <c>PRIVATE</c>.</summary>
    public string? RepoType { get; set; }

    /// <summary>The build type of images: <c>AUTO</c> or <c>MANUAL</c>.</summary>
    public string? RepoBuildType { get; set; }

    /// <summary>The summary that the owner wrote.</summary>
    public string? Summary { get; set; }

    /// <summary>The longer description that the owner wrote. Only GetRepository returns it.</summary>
    public string? Detail { get; set; }

    /// <summary>True if a pushed tag cannot be overwritten.</summary>
    public bool? TagImmutability { get; set; }

    /// <summary>The ID of the instance that has the repository.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The ID of the region that was requested; null if only an endpoint was specified.</summary>
    public string? RegionId { get; set; }

    /// <summary>The ID of the resource group.</summary>
    public string? ResourceGroupId { get; set; }

    /// <summary>The time when the repository was created, in local time (<see cref="DateTimeKind.Local"/>).</summary>
    public DateTime? CreateTime { get; set; }

    /// <summary>The time when the repository was last changed, in local time (<see cref="DateTimeKind.Local"/>).</summary>
    public DateTime? ModifiedTime { get; set; }

    /// <summary>The repository's full name.</summary>
    /// <returns><c>namespace/name</c>, or <see cref="RepoId"/> if the name is unknown.</returns>
    public override string ToString() =>
        RepoNamespaceName is null || RepoName is null ? RepoId : $"{RepoNamespaceName}/{RepoName}";
}
