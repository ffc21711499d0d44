using CrRegistry.Client.Decoding;
using CrRegistry.Client.Decoding.Json;
using CrRegistry.Client.Listing;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>The repositories of an instance: ListRepository and GetRepository.</summary>
/// <param name="instance">The instance.</param>
/// <param name="namespaceName">The namespace that the repositories are in; null for all namespaces.</param>
/// <param name="nameFilter">The name that the service compares in a way that is not documented; null for no filter.</param>
internal sealed class Repositories(InstanceScope instance, string? namespaceName, string? nameFilter = null) : Resource<Repository>
{
    /// <summary>A push changes neither RepoId nor CreateTime, so that no repository moves by it.</summary>
    public static RowKind<Repository> Rows { get; } = new(Operation.ListRepository.Name, "repositories", repository => repository.RepoId, repository => repository.CreateTime);

    public override RowKind<Repository> Kind => Rows;

    public override bool IsFiltered => namespaceName is not null;

    /// <summary>True, because a RAM policy may allow some repositories only.</summary>
    public override bool HasSeparateLookups => true;

    public override Task<Page<Repository>> GetPageAsync(ApiTransport transport, int pageNo, int pageSize, CancellationToken cancellationToken)
    {
        // The default of RepoStatus is not documented.
        var parameters = new Dictionary<string, string> { ["InstanceId"] = instance.InstanceId, ["RepoStatus"] = "ALL" };
        // This saves requests. How the service compares the names is not documented, so that Contains decides.
        if (namespaceName is not null) parameters.Add("RepoNamespaceName", namespaceName);
        if (nameFilter is not null) parameters.Add("RepoName", nameFilter);
        return ListAsync(
            transport, Operation.ListRepository, parameters, pageNo, pageSize, ReplyJson.Default.ListRepositoryReply,
            nameof(ListRepositoryReply.Repositories), static reply => reply.Repositories, Read, cancellationToken);
    }

    public override Task<Repository> GetAsync(ApiTransport transport, string name, CancellationToken cancellationToken) =>
        GetAsync(transport, RepositoryReference.TryParse(name, out var reference) ? reference : throw new ArgumentException("It is neither an ID nor a full name.", nameof(name)), cancellationToken);

    /// <summary>Looks a repository up by its ID if that is known, or else by its full name.</summary>
    public Task<Repository> GetAsync(ApiTransport transport, RepositoryReference repository, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string> { ["InstanceId"] = instance.InstanceId };
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
            reply => Matching(reply, repository, ReplyDecoder.DecodeRow(reply, ReplyJson.Default.RepositoryFields, Read)),
            cancellationToken);
    }

    /// <summary>True for an ID, or a name with its namespace. GetRepository accepts nothing else.</summary>
    public override bool CanLookUp(string name) => RepositoryReference.TryParse(name, out _);

    public override bool Contains(Repository row) => namespaceName is null || row.RepoNamespaceName == namespaceName;

    /// <summary>
    /// Returns an ID or a full name unchanged, and a name without its namespace after a slash. No full name begins with a slash, because no namespace
    /// is empty.
    /// </summary>
    public override string NameKey(string name) => CanLookUp(name) ? name : "/" + name;

    public override IEnumerable<string> NameKeysOf(Repository row) => [row.RepoId, row.ToString(), "/" + row.RepoName];

    /// <exception cref="UnreadableBodyException">The repository has no ID, or an invalid time.</exception>
    private Repository Read(RepositoryFields? fields)
    {
        if (fields?.RepoId is not { Length: > 0 } repoId) throw new UnreadableBodyException("has no RepoId");
        if (!fields.CreateTime.TryTime(out var created)) throw Unreadable(nameof(fields.CreateTime), fields.CreateTime);
        if (!fields.ModifiedTime.TryTime(out var modified)) throw Unreadable(nameof(fields.ModifiedTime), fields.ModifiedTime);
        return new Repository
        {
            RepoId = repoId,
            RepoName = ReplyDecoder.Text(fields.RepoName),
            RepoNamespaceName = ReplyDecoder.Text(fields.RepoNamespaceName),
            RepoStatus = ReplyDecoder.Text(fields.RepoStatus),
            RepoType = ReplyDecoder.Text(fields.RepoType),
            RepoBuildType = ReplyDecoder.Text(fields.RepoBuildType),
            Summary = ReplyDecoder.Text(fields.Summary),
            Detail = ReplyDecoder.Text(fields.Detail),
            TagImmutability = bool.TryParse(fields.TagImmutability, out var immutable) ? immutable : null,
            InstanceId = instance.InstanceId,
            RegionId = instance.RegionId,
            ResourceGroupId = ReplyDecoder.Text(fields.ResourceGroupId),
            CreateTime = created,
            ModifiedTime = modified,
        };

        UnreadableBodyException Unreadable(string field, NumberField value) => new($"(repository '{repoId}') has an invalid {field} '{value}'");
    }

    /// <summary>Returns a repository if it is the requested one.</summary>
    private static Repository Matching(ApiReply reply, RepositoryReference requested, Repository repository)
    {
        var isRequested = requested.Id is { } id
            ? repository.RepoId == id
            : (repository.RepoNamespaceName ?? requested.NamespaceName, repository.RepoName ?? requested.Name) == (requested.NamespaceName, requested.Name);
        return isRequested ? repository : throw ReplyDecoder.Invalid(reply, $"it is about repository '{repository.RepoId}' ('{SafeText.Ascii($"{repository}")}') instead of '{SafeText.Ascii($"{requested}")}'");
    }
}

internal sealed class ListRepositoryReply : ListReply
{
    public List<RepositoryFields?>? Repositories { get; set => field = Once(value, 7); }
}

/// <summary>The fields of a repository: a row of ListRepository, or, with Detail, the whole reply of GetRepository.</summary>
internal sealed class RepositoryFields : Envelope
{
    public string? RepoId { get; set => field = Once(value, 5); }

    public string? RepoName { get; set => field = Once(value, 6); }

    public string? RepoNamespaceName { get; set => field = Once(value, 7); }

    public string? RepoStatus { get; set => field = Once(value, 8); }

    public string? RepoType { get; set => field = Once(value, 9); }

    public string? RepoBuildType { get; set => field = Once(value, 10); }

    public string? Summary { get; set => field = Once(value, 11); }

    public string? Detail { get; set => field = Once(value, 12); }

    public string? TagImmutability { get; set => field = Once(value, 13); }

    public string? ResourceGroupId { get; set => field = Once(value, 14); }

    public NumberField CreateTime { get; set => field = Once(value, 15); }

    public NumberField ModifiedTime { get; set => field = Once(value, 16); }
}
