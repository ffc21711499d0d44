using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace CrRegistry.Client.Transport;

/// <summary>The HTTP clients of the process. The factory pools connections, so that a client for one request is cheap.</summary>
internal static class HttpClients
{
    /// <summary>The largest ThrottleLimit. The default of .NET Framework is two.</summary>
    private const int MaxConnectionsPerServer = 64;

    private const long MaxReplyBytes = 16 * 1024 * 1024;

    /// <summary>The address of the ECS metadata service, which is local to the host of an instance.</summary>
    public const string MetadataHost = "100.100.100.200";

    private const string Proxied = nameof(Proxied);
    private const string Direct = nameof(Direct);

    private static readonly Lazy<IHttpClientFactory> s_factory = new(() => new ServiceCollection()
        .AddHttpClient(Proxied).ConfigurePrimaryHttpMessageHandler(() => NewHandler(useProxy: true)).RemoveAllLoggers().Services
        .AddHttpClient(Direct).ConfigurePrimaryHttpMessageHandler(() => NewHandler(useProxy: false)).RemoveAllLoggers().Services
        .BuildServiceProvider()
        .GetRequiredService<IHttpClientFactory>());

    /// <summary>The handlers of proxies that users specify. A handler lives as long as its proxy, so that the proxy's credential is not part of a key.</summary>
    private static readonly ConditionalWeakTable<IWebProxy, HttpMessageHandler> s_proxied = new();

    /// <summary>True on .NET Framework, whose streams ignore cancellation tokens and whose default version of TLS may be old.</summary>
    public static bool IsNetFramework { get; } = RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>Returns a client for an endpoint. It uses the specified proxy, or else that of the system, but none for loopback addresses and the metadata service.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="options">The proxy, and the handler that replaces the network.</param>
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

    /// <summary>Returns the address of the proxy for an endpoint; null if the connection is direct.</summary>
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

        // Elsewhere the system's choice is right.
        if (IsNetFramework) handler.SslProtocols = SslProtocols.Tls12;
        return handler;
    }
}
