using CrRegistry.Requests;

namespace CrRegistry.Client.Paging;

/// <summary>Which of an instance's repositories are asked for.</summary>
internal sealed record RepositoryQuery
{
    /// <summary>The ID of the instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The region that is asked, to be written on the repositories; null where only an endpoint is known.</summary>
    public string? RegionId { get; init; }

    /// <summary>Which of the repositories, by their places in the list.</summary>
    public required RowRange Selection { get; init; }

    /// <summary>The one namespace whose repositories are asked for; null for all.</summary>
    public string? NamespaceName { get; init; }

    /// <summary>
    /// Which repositories, each by its ID, by <c>namespace/name</c>, or by its name in whatever namespace: one that is not there is reported.
    /// </summary>
    public IReadOnlyCollection<string> ExactNames { get; init; } = [];

    /// <summary>Which repositories besides, by a rule: one that matches nothing is no failure. Null where there is none.</summary>
    public Func<Repository, bool>? Match { get; init; }

    /// <summary>The repositories to look up one by one, where that costs less than to read the list; else null.</summary>
    public IReadOnlyCollection<RepositoryReference>? LookUps
    {
        get
        {
            if (Match is not null || ExactNames.Count is 0 or > Paging.LookUps.Most) return null;
            var references = new List<RepositoryReference>();
            foreach (var name in ExactNames)
            {
                if (!RepositoryReference.TryParse(name, out var reference)) return null;
                references.Add(reference);
            }

            return references;
        }
    }
}
