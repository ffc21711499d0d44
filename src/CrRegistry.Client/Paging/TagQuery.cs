using CrRegistry.Requests;

namespace CrRegistry.Client.Paging;

/// <summary>What is asked of one repository.</summary>
internal sealed record TagQuery
{
    /// <summary>The ID of the instance that holds the repository.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The region that is asked, to be written on the tags; null where only an endpoint is known.</summary>
    public string? RegionId { get; init; }

    /// <summary>The repository: <c>namespace/name</c>, or its ID.</summary>
    public required RepositoryReference Repository { get; init; }

    /// <summary>The namespace of a repository that is named by its ID, to be written on the tags; null if it is not known.</summary>
    public string? RepoNamespaceName { get; init; }

    /// <summary>The name of a repository that is named by its ID, to be written on the tags; null if it is not known.</summary>
    public string? RepoName { get; init; }

    /// <summary>Which of its tags, by their place in the list.</summary>
    public required RowRange Selection { get; init; }

    /// <summary>Which of its tags, by exact name: one that is not there is reported.</summary>
    public IReadOnlyCollection<string> ExactNames { get; init; } = [];

    /// <summary>Which of its tags besides, by a rule: one that matches nothing is no failure. Null where there is none.</summary>
    public Func<string, bool>? Match { get; init; }

    /// <summary>Whether all of the repository's tags are wanted, or all that the rule matches. Names that were picked are a part.</summary>
    internal bool IsWhole => Selection.IsWhole && (ExactNames.Count == 0 || Match is not null);
}
