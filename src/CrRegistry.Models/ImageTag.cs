using CrRegistry.Requests;

namespace CrRegistry;

/// <summary>
/// One image tag of a repository, as the operations ListRepoTag and GetRepoTag give it (API cr 2018-12-01).
/// A field that the service leaves out, or sends empty, is <see langword="null"/>.
/// </summary>
public sealed class ImageTag
{
    /// <summary>The tag of the image, for example <c>v0.1</c>. Tags are case-sensitive.</summary>
    public string Tag { get; set; } = string.Empty;

    /// <summary>The digest of the image: hexadecimal characters, without a leading <c>sha256:</c>.</summary>
    public string? Digest { get; set; }

    /// <summary>The ID of the image.</summary>
    public string? ImageId { get; set; }

    /// <summary>The status of the image, in the service's words: <c>NORMAL</c> or <c>DELETING</c>.</summary>
    public string? Status { get; set; }

    /// <summary>The size of the image, in bytes.</summary>
    public long? ImageSize { get; set; }

    /// <summary>When the image was created, in local time (<see cref="DateTimeKind.Local"/>).</summary>
    public DateTime? ImageCreate { get; set; }

    /// <summary>
    /// When the image was last updated, in local time (<see cref="DateTimeKind.Local"/>).
    /// PowerShell takes <see langword="null"/> for older than every date: test for it before comparing.
    /// </summary>
    public DateTime? ImageUpdate { get; set; }

    /// <summary>The ID of the instance that holds the repository, for example <c>cri-kmsiwlxxdcvaduwb</c>.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The ID of the region that was asked, for example <c>cn-shanghai</c>; null where only an endpoint was given.</summary>
    public string? RegionId { get; set; }

    /// <summary>The ID of the repository, for example <c>crr-tquyps22md8purzx</c>.</summary>
    public string? RepoId { get; set; }

    /// <summary>The namespace of the repository; null where the repository was named by its ID.</summary>
    public string? RepoNamespaceName { get; set; }

    /// <summary>The name of the repository; null where it was named by its ID.</summary>
    public string? RepoName { get; set; }

    /// <summary>
    /// The listing that this tag came from; null for a tag that somebody made by hand.
    /// Internal, so that it neither shows nor survives serialization: only a tag straight from a listing can prove where it came from.
    /// </summary>
    internal ListingOrigin? Origin { get; set; }

    /// <summary>The tag's name.</summary>
    /// <returns><see cref="Tag"/>.</returns>
    public override string ToString() => Tag;
}
