using System.Collections.Concurrent;
using CrRegistry.Client.Credentials;
using CrRegistry.Client.Operations;
using CrRegistry.Client.Paging;
using CrRegistry.Client.Signing;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Client.Work;
using CrRegistry.Requests;

namespace CrRegistry.Client;

/// <summary>The way to the service for one identity: the only thing of the client that others start from. Safe to share between threads.</summary>
internal sealed class CrConnection
{
    private readonly CrConnectionOptions _options;
    private readonly ICredentialProvider _credentials;
    private readonly IRequestSigner _signer;
    private readonly ConcurrentDictionary<RepositoryResolver.Key, string> _repositoryIds = new();

    /// <summary>Makes a connection. Nothing is sent, and no credential is looked for, before the first piece of work.</summary>
    /// <param name="options">How the service is reached, and as whom.</param>
    public CrConnection(CrConnectionOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _signer = options.Format == CrFormat.Xml ? new RpcV1Signer() : new Acs3Signer();
        _credentials = CredentialProviders.For(options);
    }

    /// <summary>The credential that was found for requests; null until one has been looked for, and if the options have one.</summary>
    public CredentialIdentity? Identity => _credentials.Identity;

    /// <summary>The work of listing tags. Its messages are <see cref="Page{TRow}"/>, <see cref="TagNotFound"/>, <see cref="RequestSigned"/>, <see cref="RequestCompleted"/> and <see cref="RequestRetried"/>.</summary>
    /// <param name="endpoint">Scheme, host and port of the service.</param>
    /// <param name="query">What is asked.</param>
    /// <returns>The work, not yet begun.</returns>
    public IWork ListTags(Uri endpoint, TagQuery query) => new TagWork(this, endpoint, query);

    /// <summary>The work of listing repositories. Its messages are <see cref="Page{TRow}"/>, <see cref="RepositoryNotFound"/>, <see cref="RequestSigned"/>, <see cref="RequestCompleted"/> and <see cref="RequestRetried"/>.</summary>
    /// <param name="endpoint">Scheme, host and port of the service.</param>
    /// <param name="query">What is asked.</param>
    /// <returns>The work, not yet begun.</returns>
    public IWork ListRepositories(Uri endpoint, RepositoryQuery query) => new RepositoryWork(this, endpoint, query);

    /// <summary>The work of looking one repository up. Its messages are the <see cref="Repository"/>, <see cref="RequestSigned"/>, <see cref="RequestCompleted"/> and <see cref="RequestRetried"/>.</summary>
    /// <param name="endpoint">Scheme, host and port of the service.</param>
    /// <param name="instanceId">The ID of the instance that holds the repository.</param>
    /// <param name="regionId">The region that is asked, to be written on the repository; null where only an endpoint is known.</param>
    /// <param name="repository">The repository.</param>
    /// <returns>The work, not yet begun.</returns>
    public IWork GetRepository(Uri endpoint, string instanceId, string? regionId, RepositoryReference repository) =>
        new RepositoryLookUp(this, endpoint, instanceId, regionId, repository);

    internal CrClient NewClient(Uri endpoint, WorkContext context) =>
        new(new ApiTransport(
            endpoint,
            new HttpExchange(HttpClients.For(endpoint, _options), _options.ConnectionTimeout, _options.OperationTimeout, () => HttpClients.ProxyOf(endpoint, _options)),
            _credentials,
            _signer,
            _options.Resilience ?? Resilience.For(_options.MessageHandler),
            context));

    internal async Task<RepositoryResolver> NewResolverAsync(Uri endpoint, CrClient client, CancellationToken cancellationToken) =>
        new(client, endpoint, (await _credentials.GetAsync(cancellationToken).ConfigureAwait(false)).AccessKeyId, _repositoryIds);
}
