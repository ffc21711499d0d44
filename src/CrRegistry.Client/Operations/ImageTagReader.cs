using CrRegistry.Client.Operations.Json;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;

namespace CrRegistry.Client.Operations;

/// <summary>Makes models from the fields of image tags.</summary>
internal sealed class ImageTagReader(RepositoryAddress repository, ListingOrigin origin)
{
    private const string DigestAlgorithm = "sha256:";

    /// <param name="reply">The reply that the fields came in, for the error.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="place">Which row it is, for the error.</param>
    /// <exception cref="CrApiException">A tag has no name, or a time or a size that is none.</exception>
    public ImageTag Read(ApiReply reply, ImageFields? fields, RowPlace place)
    {
        if (fields?.Tag is not { Length: > 0 } tag) throw ReplyDecoder.Invalid(reply, $"{place} has no Tag");
        if (!FieldReader.TrySize(fields.ImageSize, out var size)) throw Unreadable(nameof(fields.ImageSize), fields.ImageSize);
        if (!FieldReader.TryTime(fields.ImageCreate, out var create)) throw Unreadable(nameof(fields.ImageCreate), fields.ImageCreate);
        if (!FieldReader.TryTime(fields.ImageUpdate, out var update)) throw Unreadable(nameof(fields.ImageUpdate), fields.ImageUpdate);
        return new ImageTag
        {
            Tag = tag,
            Digest = WithoutAlgorithm(FieldReader.Text(fields.Digest)),
            ImageId = FieldReader.Text(fields.ImageId),
            Status = FieldReader.Text(fields.Status),
            ImageSize = size,
            ImageCreate = create,
            ImageUpdate = update,
            InstanceId = repository.InstanceId,
            RegionId = repository.RegionId,
            RepoId = repository.RepoId,
            RepoNamespaceName = repository.NamespaceName,
            RepoName = repository.Name,
            Origin = origin,
        };

        CrApiException Unreadable(string field, NumberField value) =>
            ReplyDecoder.Invalid(reply, $"{place} (tag '{tag}') has an invalid {field} '{value}'");
    }

    private static string? WithoutAlgorithm(string? digest) =>
        digest is not null && digest.StartsWith(DigestAlgorithm, StringComparison.OrdinalIgnoreCase)
            ? digest.Substring(DigestAlgorithm.Length)
            : digest;
}
