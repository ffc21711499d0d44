using Microsoft.Extensions.DependencyInjection;

namespace CrRegistry.Client.Transport;

/// <summary>The HTTP clients of the process. Connections are pooled by the factory, so that a client made for one call costs nothing.</summary>
internal static class HttpClients
{
    /// <summary>As many as the largest ThrottleLimit: Windows PowerShell would open two.</summary>
    private const int MaxConnectionsPerServer = 64;

    private const long MaxReplyBytes = 16 * 1024 * 1024;

    /// <summary>Where an instance of ECS finds its metadata: an address of the machine's own host.</summary>
    public const string MetadataHost = "100.100.100.200";

    private const string Proxied = nameof(Proxied);
    private const string Direct = nameof(Direct);

    /// <summary>From sending a request to the last byte of its reply.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private static readonly Lazy<IHttpClientFactory> s_factory = new(() => new ServiceCollection()
        .AddHttpClient(Proxied).ConfigurePrimaryHttpMessageHandler(() => NewHandler(useProxy: true)).Services
        .AddHttpClient(Direct).ConfigurePrimaryHttpMessageHandler(() => NewHandler(useProxy: false)).Services
        .BuildServiceProvider()
        .GetRequiredService<IHttpClientFactory>());

    /// <summary>A client for an endpoint: through the system's proxy, but never to a loopback address or the metadata of ECS.</summary>
    /// <param name="endpoint">Where it is to go.</param>
    /// <param name="handler">The handler that the user put in place of the network, not disposed here; null for the network.</param>
    public static HttpClient For(Uri endpoint, HttpMessageHandler? handler)
    {
        var client = handler is null
            ? s_factory.Value.CreateClient(endpoint.IsLoopback || endpoint.Host == MetadataHost ? Direct : Proxied)
            : new HttpClient(handler, disposeHandler: false);
        client.Timeout = s_timeout;
        client.MaxResponseContentBufferSize = MaxReplyBytes;
        return client;
    }

    private static HttpClientHandler NewHandler(bool useProxy) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = useProxy,
        MaxConnectionsPerServer = MaxConnectionsPerServer,
        AutomaticDecompression = System.Net.DecompressionMethods.GZip | System.Net.DecompressionMethods.Deflate,
    };
}
