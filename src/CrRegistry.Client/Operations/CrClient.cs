using System.Globalization;
using CrRegistry.Client.Operations.Json;
using CrRegistry.Client.Paging;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;

namespace CrRegistry.Client.Operations;

/// <summary>The operations of the API, one method each.</summary>
internal sealed class CrClient(ApiTransport transport)
{
    /// <summary>ListRepository: one page of an instance's repositories, in the service's order and in any status.</summary>
    /// <param name="query">Which of them; no more of it than its names is for the service.</param>
    /// <param name="pageNo">The number of the page, from 1.</param>
    /// <param name="pageSize">Rows on it, 1 to 100.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Task<Page<Repository>> ListRepositoryAsync(RepositoryQuery query, int pageNo, int pageSize, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>
        {
            ["InstanceId"] = query.InstanceId,
            // What is listed where it is left out is not documented.
            ["RepoStatus"] = "ALL",
            ["PageNo"] = pageNo.ToString(CultureInfo.InvariantCulture),
            ["PageSize"] = pageSize.ToString(CultureInfo.InvariantCulture),
        };
        if (query.NamespaceName is { } namespaceName) parameters.Add("RepoNamespaceName", namespaceName);
        return transport.SendAsync(
            Operation.ListRepository, parameters, reply => ReadPage(reply, new RepositoryReader(query.InstanceId, query.RegionId), pageNo, pageSize), cancellationToken);
    }

    /// <summary>GetRepository, by ID, or by namespace and name.</summary>
    public Task<Repository> GetRepositoryAsync(string instanceId, string? regionId, RepositoryReference repository, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string> { ["InstanceId"] = instanceId };
        if (repository.Id is { } id)
        {
            parameters.Add("RepoId", id);
        }
        else
        {
            parameters.Add("RepoNamespaceName", repository.NamespaceName!);
            parameters.Add("RepoName", repository.Name!);
        }

        return transport.SendAsync(
            Operation.GetRepository,
            parameters,
            reply => Matching(reply, repository, new RepositoryReader(instanceId, regionId).Read(reply, ReplyDecoder.Decode(reply, ReplyJson.Default.RepositoryFields), default)),
            cancellationToken);
    }

    /// <summary>ListRepoTag: one page of a repository's tags, in the service's order.</summary>
    public Task<Page<ImageTag>> ListRepoTagAsync(
        RepositoryAddress repository, ListingOrigin origin, int pageNo, int pageSize, CancellationToken cancellationToken) =>
        transport.SendAsync(Operation.ListRepoTag, new Dictionary<string, string>
        {
            ["InstanceId"] = repository.InstanceId,
            ["RepoId"] = repository.RepoId,
            ["PageNo"] = pageNo.ToString(CultureInfo.InvariantCulture),
            ["PageSize"] = pageSize.ToString(CultureInfo.InvariantCulture),
        }, reply => ReadPage(reply, new ImageTagReader(repository, origin), pageNo, pageSize), cancellationToken);

    /// <summary>GetRepoTag: one tag by its exact name.</summary>
    public Task<ImageTag> GetRepoTagAsync(
        RepositoryAddress repository, ListingOrigin origin, string tag, CancellationToken cancellationToken) =>
        transport.SendAsync(Operation.GetRepoTag, new Dictionary<string, string>
        {
            ["InstanceId"] = repository.InstanceId,
            ["RepoId"] = repository.RepoId,
            ["Tag"] = tag,
        }, reply => Matching(reply, tag, new ImageTagReader(repository, origin).Read(reply, ReplyDecoder.Decode(reply, ReplyJson.Default.ImageFields), default)), cancellationToken);

    /// <summary>Returns a tag if it is the requested one. A service may compare names in its own way.</summary>
    private static ImageTag Matching(ApiReply reply, string requested, ImageTag tag) =>
        tag.Tag == requested ? tag : throw ReplyDecoder.Invalid(reply, $"it is about tag '{SafeText.Ascii(tag.Tag)}' instead of '{SafeText.Ascii(requested)}'");

    /// <summary>Returns a repository if it is the requested one.</summary>
    private static Repository Matching(ApiReply reply, RepositoryReference requested, Repository repository)
    {
        var isRequested = requested.Id is { } id
            ? repository.RepoId == id
            : (repository.RepoNamespaceName ?? requested.NamespaceName, repository.RepoName ?? requested.Name) == (requested.NamespaceName, requested.Name);
        return isRequested ? repository : throw ReplyDecoder.Invalid(reply, $"it is about repository '{repository.RepoId}' ('{SafeText.Ascii($"{repository}")}') instead of '{SafeText.Ascii($"{requested}")}'");
    }

    /// <summary>Reads a reply of ListRepoTag.</summary>
    internal static Page<ImageTag> ReadPage(ApiReply reply, ImageTagReader reader, int pageNo, int pageSize)
    {
        var list = ReplyDecoder.Decode(reply, ReplyJson.Default.ListRepoTagReply);
        return PageReader.Read(reply, list, nameof(list.Images), list.Images, pageNo, pageSize, (fields, place) => reader.Read(reply, fields, place));
    }

    /// <summary>Reads a reply of ListRepository.</summary>
    internal static Page<Repository> ReadPage(ApiReply reply, RepositoryReader reader, int pageNo, int pageSize)
    {
        var list = ReplyDecoder.Decode(reply, ReplyJson.Default.ListRepositoryReply);
        return PageReader.Read(reply, list, nameof(list.Repositories), list.Repositories, pageNo, pageSize, (fields, place) => reader.Read(reply, fields, place));
    }
}
