using CrRegistry.Client.Operations.Json;
using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Operations;

/// <summary>Makes models from the fields of repositories.</summary>
/// <param name="instanceId">The instance that was asked.</param>
/// <param name="regionId">The region that was asked; null where only an endpoint is known.</param>
internal sealed class RepositoryReader(string instanceId, string? regionId)
{
    /// <param name="reply">The reply that the fields came in, for the error.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="place">Which row it is, for the error.</param>
    /// <exception cref="CrApiException">A repository has no ID, or a time that is none.</exception>
    public Repository Read(ApiReply reply, RepositoryFields? fields, RowPlace place)
    {
        if (fields?.RepoId is not { Length: > 0 } repoId) throw ReplyDecoder.Invalid(reply, $"{place} has no RepoId");
        if (!FieldReader.TryTime(fields.CreateTime, out var created)) throw Unreadable(nameof(fields.CreateTime), fields.CreateTime);
        if (!FieldReader.TryTime(fields.ModifiedTime, out var modified)) throw Unreadable(nameof(fields.ModifiedTime), fields.ModifiedTime);
        return new Repository
        {
            RepoId = repoId,
            RepoName = FieldReader.Text(fields.RepoName),
            RepoNamespaceName = FieldReader.Text(fields.RepoNamespaceName),
            RepoStatus = FieldReader.Text(fields.RepoStatus),
            RepoType = FieldReader.Text(fields.RepoType),
            RepoBuildType = FieldReader.Text(fields.RepoBuildType),
            Summary = FieldReader.Text(fields.Summary),
            Detail = FieldReader.Text(fields.Detail),
            TagImmutability = bool.TryParse(fields.TagImmutability, out var immutable) ? immutable : null,
            InstanceId = instanceId,
            RegionId = regionId,
            ResourceGroupId = FieldReader.Text(fields.ResourceGroupId),
            CreateTime = created,
            ModifiedTime = modified,
        };

        CrApiException Unreadable(string field, NumberField value) =>
            ReplyDecoder.Invalid(reply, $"{place} (repository '{repoId}') has an invalid {field} '{value}'");
    }
}
