using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using CrRegistry.Client.Decoding;

namespace CrRegistry.Client.Transport;

/// <summary>Sends one request and reads its reply within the timeouts. Nothing is left running afterwards.</summary>
/// <param name="http">The HTTP client.</param>
/// <param name="connectionTimeout">The timeout up to the headers of the reply.</param>
/// <param name="operationTimeout">The timeout up to the last byte of the reply.</param>
/// <param name="findProxy">Returns the address of the proxy, for errors; null for a direct connection.</param>
internal sealed class HttpExchange(HttpClient http, TimeSpan connectionTimeout, TimeSpan operationTimeout, Func<Uri?>? findProxy = null)
{
    private const string RequestIdHeader = "x-acs-request-id";

    /// <summary>Milliseconds.</summary>
    private const string RetryAfterHeader = "x-acs-retry-after";

    private const int MaxReplyBytes = 16 * 1024 * 1024;

    /// <summary>More than the size of a page of 100 tags.</summary>
    private const int UsualReplyBytes = 48 * 1024;

    /// <summary>Sends a request.</summary>
    /// <param name="action">The operation, or a description of the request. Errors contain it.</param>
    /// <param name="message">The request.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="CrApiException">No reply came, or it is not a reply of the service.</exception>
    public async Task<ApiReply> SendAsync(string action, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var host = message.RequestUri.Authority;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var headersTimeout = connectionTimeout < operationTimeout ? connectionTimeout : operationTimeout;
        limit.CancelAfter(headersTimeout);
        var clock = Stopwatch.StartNew();
        var answered = false;
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            answered = true;
            if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired) throw TransportFailure.ProxyRefusal(action, host, findProxy?.Invoke());
            if ((int)response.StatusCode is >= 300 and < 400) throw TransportFailure.Redirect(action, host, response);
            var left = operationTimeout - clock.Elapsed;
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
            // Reading that is cancelled throws many kinds of exceptions.
            cancellationToken.ThrowIfCancellationRequested();
            if (exception is OperationCanceledException || limit.IsCancellationRequested)
                throw TransportFailure.Timeout(action, host, findProxy?.Invoke(), answered, answered ? operationTimeout : headersTimeout, exception);
            if (exception is InvalidDataException) throw TransportFailure.NotUnpacked(action, exception);
            if (exception is HttpRequestException or IOException or WebException) throw TransportFailure.Of(action, host, findProxy?.Invoke(), answered, exception);
            throw;
        }
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
        using var abort = HttpClients.IsNetFramework ? cancellationToken.Register(static state => ((Stream)state!).Dispose(), stream) : default;
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
