namespace CrRegistry;

/// <summary>The result of the removal of one tag: what Remove-CrRepoTag returns with -PassThru.</summary>
public sealed class RemovedTag
{
    internal const string Removed = nameof(Removed);
    internal const string AlreadyGone = nameof(AlreadyGone);
    internal const string Changed = nameof(Changed);
    internal const string Failed = nameof(Failed);

    /// <summary>The name of the tag.</summary>
    public string Tag { get; set; } = string.Empty;

    /// <summary>The result: <c>Removed</c>, <c>AlreadyGone</c>, <c>Changed</c> or <c>Failed</c>. It is text, because an enumeration becomes a number in JSON and CLIXML.</summary>
    public string Result { get; set; } = string.Empty;

    /// <summary>The reason if the tag was not removed; otherwise null.</summary>
    public string? Reason { get; set; }

    /// <summary>The digest of the image that was to be removed.</summary>
    public string? Digest { get; set; }

    /// <summary>The ID of the request that decided the result; null without a reply.</summary>
    public string? RequestId { get; set; }

    /// <summary>The ID of the instance.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The ID of the region; null if only an endpoint was specified.</summary>
    public string? RegionId { get; set; }

    /// <summary>The ID of the repository; null if it was specified by its name and not found.</summary>
    public string? RepoId { get; set; }

    /// <summary>The namespace of the repository; null if it is not known.</summary>
    public string? RepoNamespaceName { get; set; }

    /// <summary>The name of the repository; null if it is not known.</summary>
    public string? RepoName { get; set; }

    /// <summary>The tag's name.</summary>
    /// <returns><see cref="Tag"/>.</returns>
    public override string ToString() => Tag;
}
