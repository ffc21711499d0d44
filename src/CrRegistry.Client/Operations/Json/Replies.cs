namespace CrRegistry.Client.Operations.Json;

/// <summary>
/// What every reply of the operations used here carries, in JSON and in XML. All scalars are text: see <see cref="LenientStringConverter"/>.
/// Some operations write Success for IsSuccess.
/// </summary>
internal abstract class Envelope
{
    public string? Code { get; set; }

    public string? IsSuccess { get; set; }

    public string? Success { get; set; }

    public string? Message { get; set; }

    public string? RequestId { get; set; }
}

/// <summary>What every list carries beside its rows.</summary>
internal abstract class ListReply : Envelope
{
    public string? PageSize { get; set; }

    public string? TotalCount { get; set; }
}

internal sealed class ListRepoTagReply : ListReply
{
    public List<ImageFields?>? Images { get; set; }
}

internal sealed class ListRepositoryReply : ListReply
{
    public List<RepositoryFields?>? Repositories { get; set; }
}

/// <summary>
/// The fields of an image tag: a row of ListRepoTag, or the whole reply of GetRepoTag.
/// A row is no envelope, but one class with its four more fields costs less than the same seven written twice.
/// </summary>
internal sealed class ImageFields : Envelope
{
    public string? Tag { get; set; }

    public string? Digest { get; set; }

    public string? ImageId { get; set; }

    public string? Status { get; set; }

    public string? ImageSize { get; set; }

    public string? ImageCreate { get; set; }

    public string? ImageUpdate { get; set; }
}

/// <summary>The fields of a repository: a row of ListRepository, or, with Detail, the whole reply of GetRepository.</summary>
internal sealed class RepositoryFields : Envelope
{
    public string? RepoId { get; set; }

    public string? RepoName { get; set; }

    public string? RepoNamespaceName { get; set; }

    public string? RepoStatus { get; set; }

    public string? RepoType { get; set; }

    public string? RepoBuildType { get; set; }

    public string? Summary { get; set; }

    public string? Detail { get; set; }

    public string? TagImmutability { get; set; }

    public string? ResourceGroupId { get; set; }

    public string? CreateTime { get; set; }

    public string? ModifiedTime { get; set; }
}

/// <summary>
/// The body of a reply whose HTTP status is none of success: an object in JSON, <c>Error</c> in XML.
/// The official clients look for its text under all of these names.
/// </summary>
internal sealed class Refusal
{
    public string? Code { get; set; }

    public string? Message { get; set; }

    public string? Description { get; set; }

    public string? Detail { get; set; }

    public string? AccessDeniedDetail { get; set; }

    public string? RequestId { get; set; }

    public string? Recommend { get; set; }
}
