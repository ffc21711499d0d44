using CrRegistry.Client.Decoding;
using CrRegistry.Client.Decoding.Json;
using CrRegistry.Client.Listing;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>The tags of a repository: ListRepoTag and GetRepoTag.</summary>
/// <param name="repository">The repository. Both operations need its ID.</param>
/// <param name="origin">The mark of the listing, which all of its tags share.</param>
internal sealed class Tags(RepositoryScope repository, ListingOrigin origin) : Resource<ImageTag>
{
    private const string DigestAlgorithm = "sha256:";

    /// <summary>The codes that end with this suffix and are not about a tag. The code for an unknown tag is not documented.</summary>
    private static readonly string[] s_notOfTags = [ApiSession.RepositoryNotFound, "INSTANCE_NOT_EXIST", "NAMESPACE_NOT_EXIST"];

    /// <summary>The Status of the latest row. Several threads read pages.</summary>
    private volatile string? _latestStatus;

    /// <summary>Initializes the tags of a listing of their own.</summary>
    public Tags(RepositoryScope repository)
        : this(repository, new ListingOrigin())
    {
    }

    /// <summary>A push sets the ImageUpdate of the image.</summary>
    public static RowKind<ImageTag> Rows { get; } = new(Operation.ListRepoTag.Name, "tags", tag => tag.Tag, tag => tag.ImageUpdate) { Content = tag => tag.Digest };

    public override RowKind<ImageTag> Kind => Rows;

    /// <summary>False, because all tags of a repository have the same permissions.</summary>
    public override bool HasSeparateLookups => false;

    public override Task<Page<ImageTag>> GetPageAsync(ApiTransport transport, int pageNo, int pageSize, CancellationToken cancellationToken) => ListAsync(
        transport, Operation.ListRepoTag, Parameters(), pageNo, pageSize, ReplyJson.Default.ListRepoTagReply,
        nameof(ListRepoTagReply.Images), static reply => reply.Images, Read, cancellationToken);

    public override async Task<ImageTag> GetAsync(ApiTransport transport, string name, CancellationToken cancellationToken)
    {
        var found = await transport.SendAsync(Operation.GetRepoTag, Parameters(name), reply => ReadTag(reply, name), cancellationToken).ConfigureAwait(false);
        if (repository.Repository.Digest is not { } digest || digest.Equals(found.Digest, StringComparison.OrdinalIgnoreCase)) return found;
        if (found.Digest is not { } other) throw new CrApiException($"The reply to {Operation.GetRepoTag.Name} has no Digest, so the digest of the reference cannot be compared.") { Action = Operation.GetRepoTag.Name };
        throw new CrApiException($"The tag '{SafeText.Ascii(name)}' has the digest '{SafeText.Ascii(other)}' instead of '{digest}'.") { Code = CrErrorCode.DigestDiffers, Action = Operation.GetRepoTag.Name };
    }

    /// <summary>Removes a tag: DeleteRepoTag, directly after GetRepoTag.</summary>
    /// <param name="transport">Sends the requests.</param>
    /// <param name="name">The name of the tag.</param>
    /// <param name="check">Receives the tag before each attempt, with the ID of the request. It throws if the tag must stay.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The ID of the request that removed the tag; null if it is not known.</returns>
    public Task<string?> RemoveAsync(ApiTransport transport, string name, Action<ImageTag, string?> check, CancellationToken cancellationToken) => transport.SendAsync(
        Operation.DeleteRepoTag,
        Parameters(name),
        static reply =>
        {
            ReplyDecoder.Decode(reply, ReplyJson.Default.EmptyReply);
            return reply.RequestId;
        },
        new Condition(Operation.GetRepoTag, Parameters(name), reply => check(ReadTag(reply, name), reply.RequestId)),
        cancellationToken);

    /// <summary>True unless the name is a digest, which GetRepoTag does not accept. The colon distinguishes it from the name of a tag.</summary>
    public override bool CanLookUp(string name) => !name.StartsWith(DigestAlgorithm, StringComparison.Ordinal);

    public override IEnumerable<string> NameKeysOf(ImageTag row) => row.Digest is { } digest ? [row.Tag, DigestAlgorithm + digest.ToLowerInvariant()] : [row.Tag];

    public override bool IsNotFound(CrApiException failure) =>
        failure.Code.EndsWith("_NOT_EXIST", StringComparison.Ordinal) && !s_notOfTags.Contains(failure.Code);

    public override Task UseAsync(ApiSession session, Func<Resource<ImageTag>, CancellationToken, Task> use, CancellationToken cancellationToken) =>
        session.UseAsync(repository, (resolved, token) => use(new Tags(resolved, origin), token), cancellationToken);

    public override void EndAs(ListingState state, long rows = 0) => origin.EndAs(state, rows);

    /// <exception cref="UnreadableBodyException">The tag has no name, or an invalid time or size.</exception>
    internal ImageTag Read(ImageFields? fields)
    {
        if (fields?.Tag is not { Length: > 0 } tag) throw new UnreadableBodyException("has no Tag");
        if (!fields.ImageSize.TrySize(out var size)) throw Unreadable(nameof(fields.ImageSize), fields.ImageSize);
        if (!fields.ImageCreate.TryTime(out var create)) throw Unreadable(nameof(fields.ImageCreate), fields.ImageCreate);
        if (!fields.ImageUpdate.TryTime(out var update)) throw Unreadable(nameof(fields.ImageUpdate), fields.ImageUpdate);
        return new ImageTag
        {
            Tag = tag,
            Digest = WithoutAlgorithm(ReplyDecoder.Text(fields.Digest)),
            ImageId = ReplyDecoder.Text(fields.ImageId),
            Status = StatusOf(fields),
            ImageSize = size,
            ImageCreate = create,
            ImageUpdate = update,
            InstanceId = repository.Instance.InstanceId,
            RegionId = repository.Instance.RegionId,
            RepoId = repository.Repository.Id,
            RepoNamespaceName = repository.Repository.NamespaceName,
            RepoName = repository.Repository.Name,
            Origin = origin,
        };

        UnreadableBodyException Unreadable(string field, NumberField value) => new($"(tag '{tag}') has an invalid {field} '{value}'");
    }

    private ImageTag ReadTag(ApiReply reply, string name)
    {
        var tag = ReplyDecoder.DecodeRow(reply, ReplyJson.Default.ImageFields, Read);
        // A service may compare names in its own way.
        return tag.Tag == name ? tag : throw ReplyDecoder.Invalid(reply, $"it is about tag '{SafeText.Ascii(tag.Tag)}' instead of '{SafeText.Ascii(name)}'");
    }

    /// <summary>Returns the Status of a row. Equal values of successive rows share one string, so that a list in a variable is smaller.</summary>
    private string? StatusOf(ImageFields fields)
    {
        var (latest, status) = (_latestStatus, ReplyDecoder.Text(fields.Status));
        return status == latest ? latest : _latestStatus = status;
    }

    private static string? WithoutAlgorithm(string? digest) =>
        digest is not null && digest.StartsWith(DigestAlgorithm, StringComparison.OrdinalIgnoreCase)
            ? digest.Substring(DigestAlgorithm.Length)
            : digest;

    private Dictionary<string, string> Parameters(string name)
    {
        var parameters = Parameters();
        parameters.Add("Tag", name);
        return parameters;
    }

    private Dictionary<string, string> Parameters() => new()
    {
        ["InstanceId"] = repository.Instance.InstanceId,
        ["RepoId"] = repository.Repository.Id ?? throw new InvalidOperationException("The repository is not resolved."),
    };
}

/// <summary>Creates a tag for the image of another tag: CreateRepoTag.</summary>
/// <param name="repository">The repository of both tags. The operation needs its names.</param>
/// <param name="fromTag">The tag that exists.</param>
/// <param name="toTag">The tag to create.</param>
/// <param name="returnsTag">True if the new tag is read and returned.</param>
internal sealed class NewTag(RepositoryScope repository, string fromTag, string toTag, bool returnsTag) : Change<ImageTag>
{
    public override async Task<string> FindAsync(ApiSession session, CancellationToken cancellationToken)
    {
        repository = await session.WithNamesAsync(repository, cancellationToken).ConfigureAwait(false);
        return $"{repository.Instance.InstanceId} {repository.Repository.FullName}:{toTag}";
    }

    public override async Task<ImageTag?> MakeAsync(ApiSession session, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>
        {
            ["InstanceId"] = repository.Instance.InstanceId,
            ["NamespaceName"] = repository.Repository.NamespaceName!,
            ["RepoName"] = repository.Repository.Name!,
            ["FromTag"] = fromTag,
            ["ToTag"] = toTag,
        };
        try
        {
            await session.Transport.SendAsync(Operation.CreateRepoTag, parameters, reply => ReplyDecoder.Decode(reply, ReplyJson.Default.EmptyReply), cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException failure) when (new Tags(repository).IsNotFound(failure))
        {
            throw failure.WithMessage($"The repository '{repository.Repository.FullName}' has no tag '{fromTag}'. Tags are case-sensitive. {failure.Message}");
        }

        return returnsTag ? await ReadAsync(session, cancellationToken).ConfigureAwait(false) : null;
    }

    private async Task<ImageTag?> ReadAsync(ApiSession session, CancellationToken cancellationToken)
    {
        ImageTag? created = null;
        try
        {
            await session.UseAsync(repository, ReadTagAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The change was made. Its result is not returned.
        }
        catch (CrApiException failure)
        {
            throw failure.WithMessage($"The tag '{toTag}' was created, but it could not be read. {failure.Message}", isAfterChange: true);
        }

        return created;

        async Task ReadTagAsync(RepositoryScope resolved, CancellationToken token)
        {
            var tags = new Tags(resolved);
            tags.EndAs(ListingState.Part);
            created = await tags.GetAsync(session.Transport, toTag, token).ConfigureAwait(false);
        }
    }
}

internal sealed class ListRepoTagReply : ListReply
{
    public List<ImageFields?>? Images { get; set => field = Once(value, 7); }
}

/// <summary>
/// The fields of an image tag: a row of ListRepoTag, or the whole reply of GetRepoTag. A row has no envelope, but one class with four more
/// fields costs less than the same seven fields written twice.
/// </summary>
internal sealed class ImageFields : Envelope
{
    public string? Tag { get; set => field = Once(value, 5); }

    public string? Digest { get; set => field = Once(value, 6); }

    public string? ImageId { get; set => field = Once(value, 7); }

    public string? Status { get; set => field = Once(value, 8); }

    public NumberField ImageSize { get; set => field = Once(value, 9); }

    public NumberField ImageCreate { get; set => field = Once(value, 10); }

    public NumberField ImageUpdate { get; set => field = Once(value, 11); }
}
