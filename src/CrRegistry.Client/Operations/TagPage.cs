namespace CrRegistry.Client.Operations;

/// <summary>One page of a repository's tags.</summary>
/// <param name="pageNo">The number of the page, from 1.</param>
/// <param name="pageSize">The size of a page that ruled: the service's own where it told one.</param>
/// <param name="totalCount">How many tags the repository has; null where the service did not say it readably.</param>
/// <param name="tags">The tags of the page.</param>
public sealed class TagPage(int pageNo, int pageSize, long? totalCount, IReadOnlyList<ImageTag> tags)
{
    /// <summary>The number of the page, from 1.</summary>
    public int PageNo { get; } = pageNo;

    /// <summary>The size of a page that ruled: the service's own where it told one.</summary>
    public int PageSize { get; } = pageSize;

    /// <summary>How many tags the repository has; null where the service did not say it readably.</summary>
    public long? TotalCount { get; } = totalCount;

    /// <summary>The tags of the page, in the service's order.</summary>
    public IReadOnlyList<ImageTag> Tags { get; } = tags;

    /// <summary>The service's clock when it gave the page; null where it did not tell.</summary>
    internal DateTimeOffset? AnsweredAt { get; init; }

    internal TagPage With(IReadOnlyList<ImageTag> chosen) =>
        ReferenceEquals(chosen, Tags) ? this : new(PageNo, PageSize, TotalCount, chosen) { AnsweredAt = AnsweredAt };
}
