namespace CrRegistry;

/// <summary>
/// One image repository, as the operations ListRepository and GetRepository give it (API cr 2018-12-01).
/// A field that the service leaves out, or sends empty, is <see langword="null"/>.
/// </summary>
public sealed class Repository
{
    /// <summary>The ID of the repository, for example <c>crr-tquyps22md8purzx</c>.</summary>
    public string RepoId { get; set; } = string.Empty;

    /// <summary>The name of the repository.</summary>
    public string? RepoName { get; set; }

    /// <summary>The namespace of the repository.</summary>
    public string? RepoNamespaceName { get; set; }

    /// <summary>The status of the repository, in the service's words: <c>NORMAL</c>, <c>DELETING</c> or <c>DELETED</c>.</summary>
    public string? RepoStatus { get; set; }

    /// <summary><c>PUBLIC</c> or <c>PRIVATE</c>.</summary>
    public string? RepoType { get; set; }

    /// <summary>How images are built: <c>AUTO</c> or <c>MANUAL</c>.</summary>
    public string? RepoBuildType { get; set; }

    /// <summary>The summary that the owner wrote.</summary>
    public string? Summary { get; set; }

    /// <summary>The longer description that the owner wrote; GetRepository alone gives it.</summary>
    public string? Detail { get; set; }

    /// <summary>Whether a tag, once pushed, can be overwritten no more.</summary>
    public bool? TagImmutability { get; set; }

    /// <summary>The ID of the instance that holds the repository.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The ID of the region that was asked; null where only an endpoint was given.</summary>
    public string? RegionId { get; set; }

    /// <summary>The ID of the resource group.</summary>
    public string? ResourceGroupId { get; set; }

    /// <summary>When the repository was created, in local time (<see cref="DateTimeKind.Local"/>).</summary>
    public DateTime? CreateTime { get; set; }

    /// <summary>When the repository was last changed, in local time (<see cref="DateTimeKind.Local"/>).</summary>
    public DateTime? ModifiedTime { get; set; }

    /// <summary>The repository's full name.</summary>
    /// <returns><c>namespace/name</c>, or <see cref="RepoId"/> where the name is not known.</returns>
    public override string ToString() =>
        RepoNamespaceName is null || RepoName is null ? RepoId : $"{RepoNamespaceName}/{RepoName}";
}
