using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using CrRegistry.Client.Decoding;

namespace CrRegistry.Client.Transport;

/// <summary>One request and its reply, within their times, and nothing left under way behind them.</summary>
/// <param name="http">Sends.</param>
/// <param name="connectionTimeout">From the start to the reply's headers.</param>
/// <param name="operationTimeout">From the start to the last byte of the reply.</param>
/// <param name="findProxy">Finds the proxy on the way, for an error; null if there is none.</param>
internal sealed class HttpExchange(HttpClient http, TimeSpan connectionTimeout, TimeSpan operationTimeout, Func<Uri?>? findProxy = null)
{
    private const string RequestIdHeader = "x-acs-request-id";

    /// <summary>Milliseconds.</summary>
    private const string RetryAfterHeader = "x-acs-retry-after";

    private const int MaxReplyBytes = 16 * 1024 * 1024;

    /// <summary>More than a page of 100 tags has.</summary>
    private const int UsualReplyBytes = 48 * 1024;

    /// <summary>Sends a signed request.</summary>
    /// <exception cref="CrApiException">No reply came, or one that is not the service's.</exception>
    public async Task<ApiReply> SendAsync(ServiceRequest request, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var headersTimeout = connectionTimeout < operationTimeout ? connectionTimeout : operationTimeout;
        limit.CancelAfter(headersTimeout);
        var clock = Stopwatch.StartNew();
        var answered = false;
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            answered = true;
            if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired) throw TransportFailure.ProxyRefusal(request, findProxy?.Invoke());
            if ((int)response.StatusCode is >= 300 and < 400) throw TransportFailure.Redirect(request, response);
            var left = operationTimeout - clock.Elapsed;
            limit.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            var (body, isCut) = await ReadAsync(request, response.Content, limit.Token).ConfigureAwait(false);
            return new ApiReply(request.Action, (int)response.StatusCode, response.Content?.Headers.ContentType?.MediaType, body, ServiceText.Id(Header(response, RequestIdHeader)))
            {
                Host = request.Endpoint.Authority,
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
            // What is cancelled in the middle of reading fails in many ways.
            cancellationToken.ThrowIfCancellationRequested();
            if (exception is OperationCanceledException || limit.IsCancellationRequested)
                throw TransportFailure.Timeout(request, findProxy?.Invoke(), answered, answered ? operationTimeout : headersTimeout, exception);
            if (exception is InvalidDataException) throw TransportFailure.NotUnpacked(request, exception);
            if (exception is HttpRequestException or IOException or WebException) throw TransportFailure.Of(request, findProxy?.Invoke(), answered, exception);
            throw;
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>
    /// Reads a body, into an array of the pool. .NET Framework's streams take no notice of the token, so what is cancelled is closed as well;
    /// the array of a reading that failed is not given back, since something may still write to it.
    /// </summary>
    private static async Task<(ArraySegment<byte> Body, bool IsCut)> ReadAsync(ServiceRequest request, HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null) return (new ArraySegment<byte>([]), false);
        var declared = content.Headers.ContentLength;
        if (declared > MaxReplyBytes) throw TransportFailure.TooLarge(request, MaxReplyBytes);
        using var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
        using var abort = cancellationToken.Register(static state => ((Stream)state!).Dispose(), stream);
        var body = ArrayPool<byte>.Shared.Rent((int)(declared ?? UsualReplyBytes));
        var length = 0;
        try
        {
            for (int read; (read = await stream.ReadAsync(body, length, (int)(declared ?? body.Length) - length, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                length += read;
                if (length > MaxReplyBytes) throw TransportFailure.TooLarge(request, MaxReplyBytes);
                if (length == body.Length && declared is null) body = Larger(body);
            }
        }
        catch (IOException exception) when (!cancellationToken.IsCancellationRequested && !TransportFailure.IsBrokenConnection(exception))
        {
            return (new ArraySegment<byte>(body, 0, length), true);
        }

        return (new ArraySegment<byte>(body, 0, length), length < declared);
    }

    /// <summary>Copies to a larger array. The other is not given back: what it holds may be a secret.</summary>
    private static byte[] Larger(byte[] body)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * body.Length);
        body.CopyTo(larger, 0);
        return larger;
    }
}
