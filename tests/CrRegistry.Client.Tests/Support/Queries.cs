using CrRegistry.Client.Api;
using CrRegistry.Client.Jobs;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Support;

/// <summary>A request for tags of one repository.</summary>
internal sealed record TagQuery(string InstanceId, RepositoryReference Repository, RowRange Selection)
{
    public string[] ExactNames { get; init; } = [];

    public Func<string, bool>? Match { get; init; }

    public NameFilter<ImageTag> Filter => new(ExactNames, Match is { } match ? tag => match(tag.Tag) : null);
}

/// <summary>A request for repositories of one instance.</summary>
internal sealed record RepositoryQuery(string InstanceId, RowRange Selection)
{
    public string? NamespaceName { get; init; }

    public string[] ExactNames { get; init; } = [];

    public Func<Repository, bool>? Match { get; init; }
}

internal static class Queries
{
    private const string RegionId = "cn-test";

    public static IJob ListTags(this CrConnection connection, Uri endpoint, TagQuery query) => connection.List(
        endpoint, new Tags(new RepositoryScope(new InstanceScope(query.InstanceId, RegionId), query.Repository)), query.Selection, query.Filter).Single().Job;

    public static IEnumerable<(string? Name, IJob Job)> ListRepositories(this CrConnection connection, Uri endpoint, RepositoryQuery query) => connection.List(
        endpoint, new Repositories(new InstanceScope(query.InstanceId, RegionId), query.NamespaceName), query.Selection, new NameFilter<Repository>(query.ExactNames, query.Match));
}
