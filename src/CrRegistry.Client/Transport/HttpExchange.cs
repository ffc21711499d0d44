using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using CrRegistry.Client.Decoding;
using Microsoft.Extensions.DependencyInjection;

namespace CrRegistry.Client.Transport;

/// <summary>
/// Sends requests to one endpoint and reads their replies within the timeouts. Nothing is left running afterwards. The process pools connections,
/// so that an exchange for one request is cheap.
/// </summary>
/// <param name="endpoint">Scheme, host and port of the service.</param>
/// <param name="options">The timeouts, the proxy, and the handler that replaces the network.</param>
internal sealed class HttpExchange(Uri endpoint, CrConnectionOptions options)
{
    /// <summary>The address of the ECS metadata service, which is local to the host of an instance.</summary>
    public const string MetadataHost = "100.100.100.200";

    /// <summary>The largest ThrottleLimit. The default of .NET Framework is two.</summary>
    private const int MaxConnectionsPerServer = 64;

    private const string RequestIdHeader = "x-acs-request-id";

    /// <summary>The header with the wait in milliseconds.</summary>
    private const string RetryAfterHeader = "x-acs-retry-after";

    private const int MaxReplyBytes = 16 * 1024 * 1024;

    /// <summary>The initial size of the array for a body, which is more than a page of 100 tags.</summary>
    private const int UsualReplyBytes = 48 * 1024;

    private const string Proxied = nameof(Proxied);
    private const string Direct = nameof(Direct);

    private static readonly Lazy<IHttpClientFactory> s_factory = new(() => new ServiceCollection()
        .AddHttpClient(Proxied).ConfigurePrimaryHttpMessageHandler(() => NewHandler(useProxy: true)).RemoveAllLoggers().Services
        .AddHttpClient(Direct).ConfigurePrimaryHttpMessageHandler(() => NewHandler(useProxy: false)).RemoveAllLoggers().Services
        .BuildServiceProvider()
        .GetRequiredService<IHttpClientFactory>());

    /// <summary>The handlers of proxies that users specify. A handler lives as long as its proxy, so that the proxy's credential is not part of a key.</summary>
    private static readonly ConditionalWeakTable<IWebProxy, HttpMessageHandler> s_proxied = new();

    private readonly HttpClient _http = NewClient(endpoint, options);

    /// <summary>True on .NET Framework, whose streams ignore cancellation tokens and whose default version of TLS may be old.</summary>
    private static bool IsNetFramework { get; } = RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>Returns the address of the proxy, for errors; null for a direct connection. Tests replace it.</summary>
    internal Func<Uri?> FindProxy { private get; init; } = () => ProxyOf(endpoint, options);

    /// <summary>Sends a request.</summary>
    /// <param name="action">The operation, or a description of the request. Errors contain it.</param>
    /// <param name="message">The request.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="CrApiException">No reply was received, or it is not a reply of the service.</exception>
    public async Task<ApiReply> SendAsync(string action, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var host = message.RequestUri.Authority;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var headersTimeout = options.ConnectionTimeout < options.OperationTimeout ? options.ConnectionTimeout : options.OperationTimeout;
        limit.CancelAfter(headersTimeout);
        var clock = Stopwatch.StartNew();
        var answered = false;
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            answered = true;
            if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired) throw TransportFailure.ProxyRejection(action, host, FindProxy());
            if ((int)response.StatusCode is >= 300 and < 400) throw TransportFailure.Redirect(action, host, response);
            var left = options.OperationTimeout - clock.Elapsed;
            limit.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            var (body, isCut) = await ReadAsync(action, response.Content, limit.Token).ConfigureAwait(false);
            return new ApiReply(action, (int)response.StatusCode, response.Content?.Headers.ContentType?.MediaType, body, ServiceText.Id(Header(response, RequestIdHeader)))
            {
                Host = host,
                Elapsed = clock.Elapsed,
                RetryAfter = int.TryParse(Header(response, RetryAfterHeader), NumberStyles.None, CultureInfo.InvariantCulture, out var wait) && wait > 0
                    ? TimeSpan.FromMilliseconds(wait)
                    : null,
                Date = response.Headers.Date,
                ReceivedAt = DateTimeOffset.UtcNow,
                IsCut = isCut,
            };
        }
        catch (Exception exception) when (exception is not CrApiException)
        {
            // Reading that is canceled throws many kinds of exceptions.
            cancellationToken.ThrowIfCancellationRequested();
            if (exception is OperationCanceledException || limit.IsCancellationRequested)
                throw TransportFailure.Timeout(action, host, FindProxy(), answered, answered ? options.OperationTimeout : headersTimeout, exception);
            if (exception is InvalidDataException) throw TransportFailure.NotUnpacked(action, exception);
            if (exception is HttpRequestException or IOException or WebException) throw TransportFailure.Of(action, host, FindProxy(), answered, exception);
            throw;
        }
    }

    /// <summary>Returns the address of the proxy for an endpoint; null if the connection is direct.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="options">The proxy, and the handler that replaces the network.</param>
    internal static Uri? ProxyOf(Uri endpoint, CrConnectionOptions options)
    {
        if (options.MessageHandler is not null || IsDirect(endpoint)) return null;
        return (options.Proxy ?? WebRequest.DefaultWebProxy) is { } proxy && !proxy.IsBypassed(endpoint) && proxy.GetProxy(endpoint) is { } address && address != endpoint ? address : null;
    }

    /// <summary>Returns a client for an endpoint. It uses the specified proxy, or else that of the system, but none for loopback addresses and the metadata service.</summary>
    private static HttpClient NewClient(Uri endpoint, CrConnectionOptions options)
    {
        var client = options.MessageHandler is { } handler ? new HttpClient(handler, disposeHandler: false)
            : IsDirect(endpoint) ? s_factory.Value.CreateClient(Direct)
            : options.Proxy is { } proxy ? new HttpClient(s_proxied.GetValue(proxy, given => NewHandler(useProxy: true, given)), disposeHandler: false)
            : s_factory.Value.CreateClient(Proxied);
        // SendAsync enforces the timeouts.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = MaxReplyBytes;
        return client;
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

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>
    /// Reads a body into an array of the pool. Streams of .NET Framework ignore the token, so the stream is closed on cancellation there. On .NET, a stream
    /// that is closed while it is read corrupts its connection, and later requests on this connection receive the replies to others.
    /// The array is not returned to the pool if reading fails, because the stream may still write to it.
    /// </summary>
    private static async Task<(ArraySegment<byte> Body, bool IsCut)> ReadAsync(string action, HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null) return (new ArraySegment<byte>([]), false);
        var declared = content.Headers.ContentLength;
        if (declared > MaxReplyBytes) throw TransportFailure.TooLarge(action, MaxReplyBytes);
        using var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
        using var abort = IsNetFramework ? cancellationToken.Register(static state => ((Stream)state!).Dispose(), stream) : default;
        var body = ArrayPool<byte>.Shared.Rent((int)(declared ?? UsualReplyBytes));
        var length = 0;
        try
        {
            for (int read; (read = await stream.ReadAsync(body, length, (int)(declared ?? body.Length) - length, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                length += read;
                if (length > MaxReplyBytes) throw TransportFailure.TooLarge(action, MaxReplyBytes);
                if (length == body.Length && declared is null) body = Larger(body);
            }
        }
        catch (IOException exception) when (!cancellationToken.IsCancellationRequested && !TransportFailure.IsBrokenConnection(exception))
        {
            return (new ArraySegment<byte>(body, 0, length), true);
        }

        return (new ArraySegment<byte>(body, 0, length), length < declared);
    }

    /// <summary>Copies to a larger array. The other one may contain a secret, so it is not returned to the pool.</summary>
    private static byte[] Larger(byte[] body)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * body.Length);
        body.CopyTo(larger, 0);
        return larger;
    }
}
