using System.Collections.Concurrent;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>
/// The way to the service for the requests of one job. It also finds the ID of a repository by its name, because ListRepoTag accepts nothing else, and
/// caches it. It finds the names by the ID, because CreateRepoTag accepts nothing else, and does not cache them.
/// </summary>
/// <param name="transport">Sends the requests.</param>
/// <param name="endpoint">The address of the service.</param>
/// <param name="credentials">The identity. Another account may have another repository with the same name.</param>
/// <param name="cache">The IDs that are known.</param>
internal sealed class ApiSession(
    ApiTransport transport, Uri endpoint, ICredentialProvider credentials, ConcurrentDictionary<ApiSession.RepositoryKey, string> cache)
{
    /// <summary>The service's code for a repository that does not exist.</summary>
    public const string RepositoryNotFound = "REPO_NOT_EXIST";

    /// <summary>Sends the requests.</summary>
    public ApiTransport Transport => transport;

    /// <summary>Uses a repository with its ID. If the ID from the cache no longer exists, the name is looked up once more.</summary>
    public async Task UseAsync(RepositoryScope scope, Func<RepositoryScope, CancellationToken, Task> use, CancellationToken cancellationToken)
    {
        if (scope.Repository.Id is not null)
        {
            await use(scope, cancellationToken).ConfigureAwait(false);
            return;
        }

        var key = new RepositoryKey(
            endpoint.Authority, (await credentials.GetAsync(cancellationToken).ConfigureAwait(false)).AccessKeyId, scope.Instance.InstanceId, scope.Repository.ToString());
        if (cache.TryGetValue(key, out var id))
        {
            try
            {
                await use(WithId(scope, id), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (CrApiException exception) when (exception.Code == RepositoryNotFound)
            {
                cache.TryRemove(key, out _);
            }
        }

        id = (await new Repositories(scope.Instance, null).GetAsync(transport, scope.Repository, cancellationToken).ConfigureAwait(false)).RepoId;
        cache[key] = id;
        await use(WithId(scope, id), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Returns a repository with its names. They are not cached. If the repository was deleted, another one may have its names by now. A change would
    /// then be made there.
    /// </summary>
    /// <exception cref="CrApiException">The repository does not exist, or the reply has no names.</exception>
    public async Task<RepositoryScope> WithNamesAsync(RepositoryScope scope, CancellationToken cancellationToken)
    {
        // Names beside an ID come from the caller. A change must not be made in a repository that they name by mistake.
        if (scope.Repository.Id is null) return scope;
        var found = await new Repositories(scope.Instance, null).GetAsync(transport, scope.Repository, cancellationToken).ConfigureAwait(false);
        if (found is not { RepoNamespaceName: { } namespaceName, RepoName: { } name })
        {
            throw new CrApiException($"The reply to {Operation.GetRepository.Name} is not usable because it does not contain the name of repository '{found.RepoId}'.")
            {
                Code = CrErrorCode.InvalidResult,
                Action = Operation.GetRepository.Name,
            };
        }

        return scope with { Repository = scope.Repository with { NamespaceName = namespaceName, Name = name } };
    }

    private static RepositoryScope WithId(RepositoryScope scope, string id) => scope with { Repository = scope.Repository with { Id = id } };

    /// <summary>The account, the service and the instance of a name.</summary>
    internal readonly record struct RepositoryKey(string Authority, string AccessKeyId, string InstanceId, string Name);
}
