using CrRegistry.Requests;

namespace CrRegistry;

/// <summary>
/// One image tag of a repository, as the operations ListRepoTag and GetRepoTag return it (API cr 2018-12-01).
/// A field that the service omits or sends empty is <see langword="null"/>.
/// </summary>
public class ImageTag
{
    /// <summary>The tag of the image, for example <c>v0.1</c>. Tags are case-sensitive.</summary>
    public string Tag { get; set; } = string.Empty;

    /// <summary>The digest of the image: hexadecimal characters, without a leading <c>sha256:</c>.</summary>
    public string? Digest { get; set; }

    /// <summary>The ID of the image.</summary>
    public string? ImageId { get; set; }

    /// <summary>The status of the image: <c>NORMAL</c> or <c>DELETING</c>.</summary>
    public string? Status { get; set; }

    /// <summary>The size of the image, in bytes.</summary>
    public long? ImageSize { get; set; }

    /// <summary>The time when the image was created, in local time (<see cref="DateTimeKind.Local"/>).</summary>
    public DateTime? ImageCreate { get; set; }

    /// <summary>
    /// The time when the image was last updated, in local time (<see cref="DateTimeKind.Local"/>).
    /// PowerShell treats <see langword="null"/> as earlier than any date. Test for null before you compare.
    /// </summary>
    public DateTime? ImageUpdate { get; set; }

    /// <summary>The ID of the instance that has the repository, for example <c>cri-kmsiwlxxdcvaduwb</c>.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The ID of the region that was requested, for example <c>cn-shanghai</c>; null if only an endpoint was specified.</summary>
    public string? RegionId { get; set; }

    /// <summary>The ID of the repository, for example <c>crr-tquyps22md8purzx</c>.</summary>
    public string? RepoId { get; set; }

    /// <summary>The namespace of the repository; null if the repository was specified by its ID.</summary>
    public string? RepoNamespaceName { get; set; }

    /// <summary>The name of the repository; null if it was specified by its ID.</summary>
    public string? RepoName { get; set; }

    /// <summary>
    /// The listing of this tag; null for a tag that a script created.
    /// Internal, so that it is neither shown nor serialized. Only a tag directly from a listing can prove its origin.
    /// </summary>
    internal ListingOrigin? Origin { get; set; }

    /// <summary>The tag's name.</summary>
    /// <returns><see cref="Tag"/>.</returns>
    public override string ToString() => Tag;
}
