using CrRegistry.Requests;

namespace CrRegistry.Client.Paging;

/// <summary>The rows that there are lists of.</summary>
internal static class RowKinds
{
    /// <summary>The tags of a repository. A push gives an image its ImageUpdate.</summary>
    public static RowKind<ImageTag> Tags { get; } = new(Operation.ListRepoTag.Name, "tags", tag => tag.Tag, tag => tag.ImageUpdate);

    /// <summary>The repositories of an instance. A push changes no CreateTime, so that none moves by it.</summary>
    public static RowKind<Repository> Repositories { get; } = new(Operation.ListRepository.Name, "repositories", repository => repository.RepoId, repository => repository.CreateTime);
}
