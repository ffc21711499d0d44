using System.Collections.Concurrent;
using CrRegistry.Client.Credentials;
using CrRegistry.Client.Operations;
using CrRegistry.Client.Paging;
using CrRegistry.Client.Signing;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Work;

namespace CrRegistry.Client;

/// <summary>The way to the service for one identity: the only thing of the client that others start from. Safe to share between threads.</summary>
public sealed class CrConnection
{
    private readonly ICredentialProvider _credentials;
    private readonly HttpMessageHandler? _handler;
    private readonly IRequestSigner _signer = new Acs3Signer();
    private readonly ConcurrentDictionary<RepositoryResolver.Key, string> _repositoryIds = new();

    /// <summary>Makes a connection. Nothing is sent, and no credential is looked for, before the first piece of work.</summary>
    /// <param name="credential">The identity; null to look for one where the official SDKs do.</param>
    /// <param name="handler">What takes the network's place, for example in tests; never disposed here. Null for the network.</param>
    public CrConnection(Credential? credential, HttpMessageHandler? handler)
    {
        _credentials = credential is null ? new CredentialChain(new EnvironmentCredentialSource()) : new ExplicitCredentialProvider(credential);
        _handler = handler;
    }

    /// <summary>The work of listing tags. Its messages are <see cref="TagPage"/>, <see cref="TagNotFound"/> and <see cref="RequestCompleted"/>.</summary>
    /// <param name="endpoint">Scheme, host and port of the service.</param>
    /// <param name="query">What is asked.</param>
    /// <returns>The work, not yet begun.</returns>
    public IWork ListTags(Uri endpoint, TagQuery query) => new TagWork(this, endpoint, query);

    internal CrClient NewClient(Uri endpoint, WorkContext context) =>
        new(new ApiTransport(endpoint, HttpClients.For(endpoint, _handler), _credentials, _signer, context));

    internal async Task<RepositoryResolver> NewResolverAsync(Uri endpoint, CrClient client, CancellationToken cancellationToken) =>
        new(client, endpoint, (await _credentials.GetAsync(cancellationToken).ConfigureAwait(false)).AccessKeyId, _repositoryIds);
}
