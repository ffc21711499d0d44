using System.Globalization;
using CrRegistry.Client.Operations.Json;
using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Operations;

/// <summary>The operations of the API, one method each.</summary>
internal sealed class CrClient(ApiTransport transport)
{
    /// <summary>GetRepository, by namespace and name.</summary>
    public Task<Repository> GetRepositoryAsync(
        string instanceId, string? regionId, string namespaceName, string name, CancellationToken cancellationToken) =>
        transport.SendAsync("GetRepository", new Dictionary<string, string>
        {
            ["InstanceId"] = instanceId,
            ["RepoNamespaceName"] = namespaceName,
            ["RepoName"] = name,
        }, reply => ReadRepository(reply, instanceId, regionId), cancellationToken);

    /// <summary>ListRepoTag: one page of a repository's tags, in the service's order.</summary>
    public Task<ListPage<ImageTag>> ListRepoTagAsync(
        RepositoryAddress repository, TagListingOrigin origin, int pageNo, int pageSize, CancellationToken cancellationToken) =>
        transport.SendAsync("ListRepoTag", new Dictionary<string, string>
        {
            ["InstanceId"] = repository.InstanceId,
            ["RepoId"] = repository.RepoId,
            ["PageNo"] = pageNo.ToString(CultureInfo.InvariantCulture),
            ["PageSize"] = pageSize.ToString(CultureInfo.InvariantCulture),
        }, reply => ReadPage(reply, new ImageTagReader(repository, origin), pageNo, pageSize), cancellationToken);

    /// <summary>GetRepoTag: one tag by its exact name.</summary>
    public Task<ImageTag> GetRepoTagAsync(
        RepositoryAddress repository, TagListingOrigin origin, string tag, CancellationToken cancellationToken) =>
        transport.SendAsync("GetRepoTag", new Dictionary<string, string>
        {
            ["InstanceId"] = repository.InstanceId,
            ["RepoId"] = repository.RepoId,
            ["Tag"] = tag,
        }, reply => new ImageTagReader(repository, origin).Read(reply, ReplyDecoder.Decode(reply, ReplyJson.Default.ImageFields), default), cancellationToken);

    /// <summary>Reads a reply of ListRepoTag. A page without rows has to say so: nothing else may pass for one.</summary>
    internal static ListPage<ImageTag> ReadPage(ApiReply reply, ImageTagReader reader, int pageNo, int pageSize)
    {
        var page = ReplyDecoder.Decode(reply, ReplyJson.Default.ListRepoTagReply);
        var ruling = FieldReader.TryNumber(page.PageSize, out var echo) && echo is > 0 and <= int.MaxValue ? (int)echo : pageSize;
        var total = FieldReader.TryNumber(page.TotalCount, out var count) && count >= 0 ? count : null;
        if (page.Images is null && !(total <= (long)(pageNo - 1) * ruling))
            throw ReplyDecoder.Invalid(reply, $"page {pageNo} has no Images, {(total is null ? "and there is no TotalCount to say why" : $"though TotalCount is {total}")}");
        // On a later page a tag may have been deleted between the count and the rows: the listing sees to it.
        if (page.Images is [] && pageNo == 1 && total > 0)
            throw ReplyDecoder.Invalid(reply, $"page 1 has no rows in Images, though TotalCount is {total}");

        var tags = new List<ImageTag>(page.Images?.Count ?? 0);
        foreach (var row in page.Images ?? [])
            tags.Add(reader.Read(reply, row, new RowPlace(tags.Count + 1, pageNo)));
        return new ListPage<ImageTag>(pageNo, ruling, total, tags) { AnsweredAt = reply.Date };
    }

    private static Repository ReadRepository(ApiReply reply, string instanceId, string? regionId)
    {
        var fields = ReplyDecoder.Decode(reply, ReplyJson.Default.GetRepositoryReply);
        if (fields.RepoId is not { Length: > 0 } repoId) throw ReplyDecoder.Invalid(reply, "it has no RepoId");
        if (!FieldReader.TryTime(fields.CreateTime, out var created)) throw ReplyDecoder.Invalid(reply, $"its CreateTime '{fields.CreateTime}' is none");
        if (!FieldReader.TryTime(fields.ModifiedTime, out var modified)) throw ReplyDecoder.Invalid(reply, $"its ModifiedTime '{fields.ModifiedTime}' is none");
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
    }
}
