namespace CrRegistry.Client.Operations.Json;

/// <summary>What every reply of the operations used here carries. All scalars are text: see <see cref="LenientStringConverter"/>.</summary>
internal abstract class Envelope
{
    public string? Code { get; set; }

    public string? IsSuccess { get; set; }

    public string? Message { get; set; }

    public string? RequestId { get; set; }
}

internal sealed class ListRepoTagReply : Envelope
{
    public string? PageSize { get; set; }

    public string? TotalCount { get; set; }

    public List<ImageRow?>? Images { get; set; }
}

/// <summary>One row of ListRepoTag.</summary>
internal sealed class ImageRow : IImageFields
{
    public string? Tag { get; set; }

    public string? Digest { get; set; }

    public string? ImageId { get; set; }

    public string? Status { get; set; }

    public string? ImageSize { get; set; }

    public string? ImageCreate { get; set; }

    public string? ImageUpdate { get; set; }
}

internal sealed class GetRepoTagReply : Envelope, IImageFields
{
    public string? Tag { get; set; }

    public string? Digest { get; set; }

    public string? ImageId { get; set; }

    public string? Status { get; set; }

    public string? ImageSize { get; set; }

    public string? ImageCreate { get; set; }

    public string? ImageUpdate { get; set; }
}

/// <summary>The fields of an image tag, a row of a list or a reply of its own.</summary>
internal interface IImageFields
{
    string? Tag { get; }

    string? Digest { get; }

    string? ImageId { get; }

    string? Status { get; }

    string? ImageSize { get; }

    string? ImageCreate { get; }

    string? ImageUpdate { get; }
}

internal sealed class GetRepositoryReply : Envelope
{
    public string? RepoId { get; set; }

    public string? RepoName { get; set; }

    public string? RepoNamespaceName { get; set; }
}

/// <summary>The body of a reply whose HTTP status is none of success.</summary>
internal sealed class Refusal
{
    public string? Code { get; set; }

    public string? Message { get; set; }

    public string? RequestId { get; set; }

    public string? Recommend { get; set; }
}
