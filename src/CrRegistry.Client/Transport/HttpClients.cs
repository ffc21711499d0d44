using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Authentication;
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

    private static readonly Lazy<IHttpClientFactory> s_factory = new(() => new ServiceCollection()
        .AddHttpClient(Proxied).ConfigurePrimaryHttpMessageHandler(() => NewHandler(useProxy: true)).RemoveAllLoggers().Services
        .AddHttpClient(Direct).ConfigurePrimaryHttpMessageHandler(() => NewHandler(useProxy: false)).RemoveAllLoggers().Services
        .BuildServiceProvider()
        .GetRequiredService<IHttpClientFactory>());

    /// <summary>Connections through a proxy that a user gave live as long as what it was given to: its credential is in no key.</summary>
    private static readonly ConditionalWeakTable<IWebProxy, HttpMessageHandler> s_proxied = new();

    /// <summary>A client for an endpoint: through the proxy that was given or else the system's, but never to a loopback address or the metadata service.</summary>
    /// <param name="endpoint">Where it is to go.</param>
    /// <param name="options">The proxy, and what the user put in place of the network.</param>
    public static HttpClient For(Uri endpoint, CrConnectionOptions options)
    {
        var client = options.MessageHandler is { } handler ? new HttpClient(handler, disposeHandler: false)
            : IsDirect(endpoint) ? s_factory.Value.CreateClient(Direct)
            : options.Proxy is { } proxy ? new HttpClient(s_proxied.GetValue(proxy, given => NewHandler(useProxy: true, given)), disposeHandler: false)
            : s_factory.Value.CreateClient(Proxied);
        // HttpExchange keeps the times.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = MaxReplyBytes;
        return client;
    }

    /// <summary>The proxy on the way to an endpoint, given or the system's; null if there is none.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="options">The options that <see cref="For"/> was called with.</param>
    public static Uri? ProxyOf(Uri endpoint, CrConnectionOptions options)
    {
        if (options.MessageHandler is not null || IsDirect(endpoint)) return null;
        return (options.Proxy ?? WebRequest.DefaultWebProxy) is { } proxy && !proxy.IsBypassed(endpoint) && proxy.GetProxy(endpoint) is { } address && address != endpoint ? address : null;
    }

    private static bool IsDirect(Uri endpoint) => endpoint.IsLoopback || endpoint.Host == MetadataHost;

    private static HttpClientHandler NewHandler(bool useProxy, IWebProxy? proxy = null)
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = useProxy,
            Proxy = proxy,
            MaxConnectionsPerServer = MaxConnectionsPerServer,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        };

        // There the process may still be set to older versions; elsewhere the machine's own choice is right.
        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal)) handler.SslProtocols = SslProtocols.Tls12;
        return handler;
    }
}
