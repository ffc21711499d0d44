using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrRegistry.Client.Operations.Json;

/// <summary>
/// What every reply of the operations used here carries, in JSON and in XML. All scalars but numbers are text: see <see cref="LenientStringConverter"/>.
/// Some operations write Success for IsSuccess.
/// </summary>
internal abstract class Envelope
{
    /// <summary>
    /// A second value would hide the first: two rows whose border was lost look like that. AllowDuplicateProperties finds it as well,
    /// but takes a third of the whole decoding for it.
    /// </summary>
    protected static T? Once<T>(T? before, T? value) where T : class => before is null ? value : throw Twice();

    /// <inheritdoc cref="Once{T}(T, T)" />
    protected static NumberField Once(NumberField before, NumberField value) => before.IsEmpty ? value : throw Twice();

    public string? Code { get; set => field = Once(field, value); }

    public string? IsSuccess { get; set => field = Once(field, value); }

    public string? Success { get; set => field = Once(field, value); }

    public string? Message { get; set => field = Once(field, value); }

    public string? RequestId { get; set => field = Once(field, value); }

    private static JsonException Twice() => new("A field is there twice.");
}

/// <summary>What every list carries beside its rows.</summary>
internal abstract class ListReply : Envelope
{
    public NumberField PageSize { get; set => field = Once(field, value); }

    public NumberField TotalCount { get; set => field = Once(field, value); }
}

internal sealed class ListRepoTagReply : ListReply
{
    public List<ImageFields?>? Images { get; set => field = Once(field, value); }
}

internal sealed class ListRepositoryReply : ListReply
{
    public List<RepositoryFields?>? Repositories { get; set => field = Once(field, value); }
}

/// <summary>
/// The fields of an image tag: a row of ListRepoTag, or the whole reply of GetRepoTag.
/// A row is no envelope, but one class with its four more fields costs less than the same seven written twice.
/// </summary>
internal sealed class ImageFields : Envelope
{
    public string? Tag { get; set => field = Once(field, value); }

    public string? Digest { get; set => field = Once(field, value); }

    public string? ImageId { get; set => field = Once(field, value); }

    [JsonConverter(typeof(RepeatedTextConverter))]
    public string? Status { get; set => field = Once(field, value); }

    public NumberField ImageSize { get; set => field = Once(field, value); }

    public NumberField ImageCreate { get; set => field = Once(field, value); }

    public NumberField ImageUpdate { get; set => field = Once(field, value); }
}

/// <summary>The fields of a repository: a row of ListRepository, or, with Detail, the whole reply of GetRepository.</summary>
internal sealed class RepositoryFields : Envelope
{
    public string? RepoId { get; set => field = Once(field, value); }

    public string? RepoName { get; set => field = Once(field, value); }

    public string? RepoNamespaceName { get; set => field = Once(field, value); }

    public string? RepoStatus { get; set => field = Once(field, value); }

    public string? RepoType { get; set => field = Once(field, value); }

    public string? RepoBuildType { get; set => field = Once(field, value); }

    public string? Summary { get; set => field = Once(field, value); }

    public string? Detail { get; set => field = Once(field, value); }

    public string? TagImmutability { get; set => field = Once(field, value); }

    public string? ResourceGroupId { get; set => field = Once(field, value); }

    public NumberField CreateTime { get; set => field = Once(field, value); }

    public NumberField ModifiedTime { get; set => field = Once(field, value); }
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
