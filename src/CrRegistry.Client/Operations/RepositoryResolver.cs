using System.Collections.Concurrent;
using CrRegistry.Client.Paging;

namespace CrRegistry.Client.Operations;

/// <summary>Finds the ID behind a repository's name, since ListRepoTag takes nothing else; each name is asked for once.</summary>
internal sealed class RepositoryResolver(CrClient client, Uri endpoint, string accessKeyId, ConcurrentDictionary<RepositoryResolver.Key, string> cache)
{
    /// <summary>Does something with the repository. Where a remembered ID turns out to be gone, the name is asked for once more.</summary>
    public async Task UseAsync(TagQuery query, Func<RepositoryAddress, CancellationToken, Task> use, CancellationToken cancellationToken)
    {
        var (address, remembered) = await ResolveAsync(query, cancellationToken).ConfigureAwait(false);
        try
        {
            await use(address, cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException exception) when (remembered && exception.Code == ServiceCode.RepositoryNotFound)
        {
            cache.TryRemove(KeyOf(query), out _);
            await use((await ResolveAsync(query, cancellationToken).ConfigureAwait(false)).Address, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(RepositoryAddress Address, bool Remembered)> ResolveAsync(TagQuery query, CancellationToken cancellationToken)
    {
        var reference = query.Repository;
        if (reference.Id is { } id) return (new RepositoryAddress(query.InstanceId, query.RegionId, id, query.RepoNamespaceName, query.RepoName), false);

        var remembered = cache.TryGetValue(KeyOf(query), out var repoId);
        if (!remembered)
        {
            repoId = (await client.GetRepositoryAsync(
                query.InstanceId, query.RegionId, reference, cancellationToken).ConfigureAwait(false)).RepoId;
            cache[KeyOf(query)] = repoId;
        }

        return (new RepositoryAddress(query.InstanceId, query.RegionId, repoId!, reference.NamespaceName, reference.Name), remembered);
    }

    private Key KeyOf(TagQuery query) => new(endpoint.Authority, accessKeyId, query.InstanceId, query.Repository.ToString());

    /// <summary>Another account, or another service, may know another repository by the same name.</summary>
    internal readonly record struct Key(string Authority, string AccessKeyId, string InstanceId, string Name);
}
