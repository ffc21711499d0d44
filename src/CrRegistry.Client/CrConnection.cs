using System.Collections.Concurrent;
using CrRegistry.Client.Api;
using CrRegistry.Client.Credentials;
using CrRegistry.Client.Credentials.Profiles;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client;

/// <summary>The connection to the service as one identity. All jobs start here. It can be shared between threads.</summary>
internal sealed class CrConnection
{
    private static readonly RecentMessages s_files = new(TimeProvider.System);

    private readonly CrConnectionOptions _options;
    private readonly ICredentialProvider _credentials;
    private readonly IRequestSigner _signer;
    private readonly ConcurrentDictionary<ApiSession.RepositoryKey, string> _repositoryIds = new();

    /// <summary>Initializes a connection. No request is sent, and no credential is looked for, before the first job runs.</summary>
    /// <param name="options">The address, the network and the identity.</param>
    public CrConnection(CrConnectionOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _signer = options.Format == CrFormat.Xml ? new RpcV1Signer() : new Acs3Signer();
        _credentials = options.Credential is { } credential
            ? new ExplicitCredentialProvider(credential)
            : new RefreshingCredentialProvider(CredentialChain.For(options), options.Clock);
    }

    /// <summary>The credential that was found for requests; null until one has been looked for, and if the options have one.</summary>
    public CredentialIdentity? Identity => _credentials.Identity;

    /// <summary>The pages that were requested for completion.</summary>
    public RecentMessages Recent { get; } = new(TimeProvider.System);

    /// <summary>Returns the profiles of both credential files for completion; an empty list if they cannot be read in time.</summary>
    public static IReadOnlyList<ProfilePlace> FindProfiles()
    {
        using var limit = s_files.StartLimit();
        return RecentMessages.Run<RowFound<IReadOnlyList<ProfilePlace>>>(new ReadJob<IReadOnlyList<ProfilePlace>>(ProfilePlaces.Find), limit.Token)?.Row ?? [];
    }

    /// <summary>Returns the jobs that list rows: one job, or one for each name if each lookup may fail for a reason of its own.</summary>
    /// <param name="endpoint">Scheme, host and port of the service.</param>
    /// <param name="resource">The rows.</param>
    /// <param name="range">The part of the rows that match. It does not apply to jobs of single names.</param>
    /// <param name="filter">The names of the rows.</param>
    /// <returns>The jobs, not started, with the name that each looks up; null for the list.</returns>
    public IEnumerable<(string? Name, IJob Job)> List<TRow>(Uri endpoint, Resource<TRow> resource, RowRange range, NameFilter<TRow> filter) =>
        resource.HasSeparateLookups && ListJob<TRow>.LooksUp(resource, filter)
            ? filter.ExactNames.Select(name => ((string?)name, Get(endpoint, resource, name)))
            : [(null, new ListJob<TRow>(context => Open(endpoint, context), resource, range, filter))];

    /// <summary>Returns the job that looks one row up.</summary>
    /// <param name="endpoint">Scheme, host and port of the service.</param>
    /// <param name="resource">The rows.</param>
    /// <param name="name">The exact name or the ID of the row.</param>
    public IJob Get<TRow>(Uri endpoint, Resource<TRow> resource, string name) => new GetJob<TRow>(context => Open(endpoint, context), resource, name);

    /// <summary>Returns the job that measures one repository.</summary>
    /// <param name="endpoint">Scheme, host and port of the service.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="now">The time from which ages are counted, in UTC.</param>
    public IJob Measure(Uri endpoint, RepositoryScope repository, DateTime now) => new MeasureJob(context => Open(endpoint, context), repository, now);

    /// <summary>Returns the job that makes one change.</summary>
    /// <param name="endpoint">Scheme, host and port of the service.</param>
    /// <param name="change">The change.</param>
    /// <param name="order">The order of the changes of the pipeline.</param>
    public IJob Change<TResult>(Uri endpoint, Change<TResult> change, ChangeOrder order)
        where TResult : class => new ChangeJob<TResult>(context => Open(endpoint, context), change, order.Next());

    /// <summary>Returns the job that creates a login for the registry of an instance.</summary>
    /// <param name="endpoint">Scheme, host and port of the service.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="isVpc">True for the domain inside a VPC; false for the public one.</param>
    /// <param name="expiresInHours">The lifetime of the token in hours, 1 to 24; null for the default of the service.</param>
    public IJob LogIn(Uri endpoint, InstanceScope instance, bool isVpc, int? expiresInHours) =>
        new LoginJob(context => Open(endpoint, context), instance, isVpc, expiresInHours);

    /// <summary>Returns the job that reads the latest scan of a tag.</summary>
    /// <param name="endpoint">Scheme, host and port of the service.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="tag">The name of the tag.</param>
    /// <param name="checksTag">True if a tag that was never scanned must exist.</param>
    public IJob Scan(Uri endpoint, RepositoryScope repository, string tag, bool checksTag) => new ScanJob(context => Open(endpoint, context), repository, tag, checksTag);

    /// <summary>Returns the job that calls any operation.</summary>
    /// <param name="endpoint">Scheme, host and port of the service.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="parameters">The parameters, as they are sent.</param>
    public IJob Call(Uri endpoint, Operation operation, IReadOnlyDictionary<string, string> parameters) =>
        new CallJob(context => Open(endpoint, context), operation, parameters);

    /// <summary>Returns the job that reads the complete list of any operation that has pages.</summary>
    /// <param name="endpoint">Scheme, host and port of the service.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="parameters">The parameters, as they are sent, without the page.</param>
    /// <param name="pageSize">The number of rows to request at once, 1 to 100; null for as many as the service accepts.</param>
    public IJob CallPages(Uri endpoint, Operation operation, IReadOnlyDictionary<string, string> parameters, int? pageSize) =>
        new CallPagesJob(context => Open(endpoint, context), operation, parameters, pageSize);

    private ApiSession Open(Uri endpoint, JobContext context)
    {
        var transport = new ApiTransport(
            endpoint,
            new HttpExchange(endpoint, _options),
            _credentials,
            _signer,
            _options.RetryPolicy ?? RetryPolicy.For(_options.MessageHandler),
            context);
        return new ApiSession(transport, endpoint, _credentials, _repositoryIds);
    }
}
