using System.Net;
using System.Text.Json.Nodes;
using CrRegistry.Emulator.Faults;
using CrRegistry.Emulator.Identity;
using CrRegistry.Emulator.Operations;
using CrRegistry.Emulator.Requests;
using CrRegistry.Emulator.Seeding;
using CrRegistry.Emulator.Signatures;
using CrRegistry.Emulator.Store;

namespace CrRegistry.Emulator;

/// <summary>A local service that replies like the registry's API. It listens on the loopback address only.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly AccessKey _key;
    private readonly RequestLog _log;
    private readonly CallHook _callHook;
    private readonly ReplyChanges _changes;
    private readonly RegistryRepository _first;

    private EmulatorServer(WebApplication application, AccessKey key, RequestLog log, CallHook callHook, ReplyChanges changes, RegistryStore registry)
    {
        _application = application;
        _key = key;
        _log = log;
        _callHook = callHook;
        _changes = changes;
        _first = registry.Repositories[0];
        Registry = registry;
        Address = new Uri(application.Urls.Single());
    }

    /// <summary>The address at which it listens.</summary>
    public Uri Address { get; }

    /// <summary>The address at which it returns a temporary credential to any caller. Can be the value of <c>ALIBABA_CLOUD_CREDENTIALS_URI</c>.</summary>
    public Uri CredentialsUri => new(Address, MetadataService.CredentialsPath);

    /// <summary>The ID of its permanent AccessKey.</summary>
    public string AccessKeyId => _key.Id;

    /// <summary>The secret of that key.</summary>
    public string AccessKeySecret => _key.Secret;

    /// <summary>The instance of the first repository.</summary>
    public string InstanceId => _first.Instance.InstanceId;

    /// <summary>The region of that instance.</summary>
    public string RegionId => _first.Instance.RegionId;

    /// <summary>The ID of the first repository.</summary>
    public string RepoId => _first.RepoId;

    /// <summary>The first repository, as <c>namespace/name</c>.</summary>
    public string Repository => $"{_first.NamespaceName}/{_first.RepoName}";

    /// <summary>A PowerShell command that connects to this emulator.</summary>
    public string ConnectCommand =>
        $"Connect-CrRegistry -RegionId {RegionId} -InstanceId {InstanceId} -Endpoint {Address} -Credential "
        + $"([pscredential]::new('{Quoted(AccessKeyId)}', (ConvertTo-SecureString '{Quoted(AccessKeySecret)}' -AsPlainText -Force)))";

    /// <summary>The content of the registry. It may be changed while the emulator runs.</summary>
    public RegistryStore Registry { get; }

    /// <summary>The requests so far, in the order of their replies.</summary>
    public IReadOnlyList<LoggedRequest> Requests => _log.Entries;

    /// <summary>
    /// Called for each received call, before it is processed. Returns the fault of the call, or null. The call
    /// waits until the task ends. The token is canceled when the caller disconnects.
    /// </summary>
    public Func<ReceivedCall, CancellationToken, Task<Fault?>>? OnCall
    {
        get => _callHook.Ask;
        set => _callHook.Ask = value;
    }

    /// <summary>
    /// Called after each call is executed, before its reply is sent. It may change the reply's JSON, and the <see cref="Registry"/>
    /// before any caller has the reply. The reply waits until the task ends. The token is canceled when the caller disconnects.
    /// </summary>
    public Func<ReceivedCall, JsonObject, CancellationToken, Task>? OnReply
    {
        get => _changes.Hook;
        set => _changes.Hook = value;
    }

    /// <summary>Clears <see cref="Requests"/>.</summary>
    public void ClearRequests() => _log.Clear();

    /// <summary>Starts an emulator.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running emulator. Dispose it to stop it.</returns>
    /// <exception cref="SeedFileException">The seed file cannot be used.</exception>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<EmulatorServer> StartAsync(EmulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var key = new AccessKey(options.AccessKeyId ?? AccessKey.NewId(), options.AccessKeySecret ?? AccessKey.NewSecret());
        var log = new RequestLog(options.TimeProvider);
        RegistryStore registry = Fill(options);
        var keys = new KeyRing(key, options.TimeProvider);
        var callHook = new CallHook();
        var changes = new ReplyChanges(options, registry);
        var handler = new CallHandler(
            new RequestVerifier(keys, options.TimeProvider), new OperationTable(registry), new StsService(keys), new MetadataService(keys), changes);

        // An empty builder reads no settings files and no environment variables, and does not use the console.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, CallerOwnedLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        WebApplication application = builder.Build();

        // Faults and delays belong between the log and the handler, so that all of them are logged.
        application.Use(log.InvokeAsync);
        if (options.Latency > TimeSpan.Zero)
            application.Use(next => context => HoldAsync(context, next, options.Latency));
        if (options.RequestsPerSecond is { } rate)
            application.Use(new RateLimit(rate, options.TimeProvider).InvokeAsync);
        application.Use(callHook.InvokeAsync);
        if (options.FirstTries.Count > 0)
            application.Use(new FirstTries(options.FirstTries).InvokeAsync);
        application.Use(Rejection.InvokeAsync);
        application.Use(new LostReply(log).InvokeAsync);
        application.Run(handler.InvokeAsync);
        try
        {
            await application.StartAsync(cancellationToken);
            return new EmulatorServer(application, key, log, callHook, changes, registry);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the emulator.</summary>
    /// <returns>A task that ends when the emulator has stopped.</returns>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static RegistryStore Fill(EmulatorOptions options)
    {
        var registry = new RegistryStore(options);
        if (options.SeedFile is { } file)
            SeedFile.Load(file, registry);
        else if (options.TagCount is null)
            SampleRegistry.Fill(registry);
        if (registry.Repositories.Count == 0)
            registry.AddRepository(SeedFile.DefaultNamespaceName, SeedFile.DefaultRepoName).AddGenerated(options.SeedFile is null ? options.TagCount!.Value : 0);
        return registry;
    }

    private static async Task HoldAsync(HttpContext context, RequestDelegate next, TimeSpan latency)
    {
        await Task.Delay(latency, context.RequestAborted);
        await next(context);
    }
}
