using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using CrRegistry.Client.Decoding;

namespace CrRegistry.Client.Transport;

/// <summary>Creates the errors of connections and replies. No message contains the URI of a request.</summary>
internal static class TransportFailure
{
    /// <summary>The status in the messages of .NET and .NET Framework. netstandard2.0 has no property for it.</summary>
    private static readonly string[] s_proxyRejected = ["'407'", "(407)"];

    /// <summary>True if the connection was broken, by the other side or on the way; false if it was ended.</summary>
    public static bool IsBrokenConnection(Exception exception) => Find<SocketException>(exception) is not null;

    /// <param name="action">The operation, or a description of the request.</param>
    /// <param name="host">The host and port of the request.</param>
    /// <param name="proxy">The proxy; null for a direct connection.</param>
    /// <param name="answered">True if the headers of a reply were received.</param>
    /// <param name="exception">The exception of the HTTP client.</param>
    public static CrApiException Of(string action, string host, Uri? proxy, bool answered, Exception exception)
    {
        var target = $"'{host}'{Through(proxy)}";
        var cause = CauseOf(exception);
        if (Find<AuthenticationException>(exception) is not null)
        {
            return New(action, CrErrorCode.TlsFailed, cause.Contains("certificate")
                ? $"The certificate of {target} is not trusted, so {action} was not sent: {cause}."
                : $"{action} could not connect securely to {target}: {cause}.", exception);
        }

        // A proxy that rejects a tunnel causes only this exception, without a reply.
        if (s_proxyRejected.Any(cause.Contains)) return ProxyRejection(action, host, proxy, exception);
        var isNotSent = !answered && IsNotConnected(exception);
        return New(action, CrErrorCode.ConnectionFailed, answered || (!isNotSent && exception.InnerException is IOException or WebException)
            ? $"The connection to {target} was lost {(answered ? "during" : "before")} the reply to {action}: {cause}."
            : $"{action} could not connect to {target}: {cause}.", exception, proxy, isNotSent);
    }

    public static CrApiException Timeout(string action, string host, Uri? proxy, bool answered, TimeSpan limit, Exception exception) => New(
        action, CrErrorCode.RequestTimeout, answered
            ? $"'{host}' did not send the complete reply to {action}{Through(proxy)} within {Seconds(limit)}."
            : $"'{host}' did not reply to {action}{Through(proxy)} within {Seconds(limit)}.", exception, proxy);

    /// <summary>Returns a time in seconds for messages.</summary>
    public static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} {(time.TotalSeconds == 1 ? "second" : "seconds")}");

    public static CrApiException ProxyRejection(string action, string host, Uri? proxy, Exception? exception = null) => New(
        action, CrErrorCode.ProxyAuthenticationRequired,
        $"The proxy{Name(proxy)} on the way to '{host}' requires a credential, or rejected the one it received (HTTP 407). The service did not receive {action}.", exception);

    public static CrApiException Redirect(string action, string host, HttpResponseMessage response)
    {
        var target = response.Headers.Location is { } location
            ? "to " + (!location.IsAbsoluteUri ? "another path of the same host" : location.Host.Length > 0 ? $"'{ServiceText.Shown(location.Host)}'" : "an address without a host")
            : "without a Location header";
        return New(action, CrErrorCode.Redirected,
            $"'{host}' redirects {action} {target} (HTTP {(int)response.StatusCode}). The module does not follow redirects.");
    }

    public static CrApiException TooLarge(string action, int limit) => New(
        action, CrErrorCode.InvalidResult, $"The reply to {action} is not usable because it is larger than {limit / (1024 * 1024)} MB.");

    /// <summary>The reply is not compressed as its header specifies, or its end is missing. .NET does not distinguish the two.</summary>
    public static CrApiException NotUnpacked(string action, Exception exception) => new(
        $"The reply to {action} is not usable because its content does not match its Content-Encoding.", exception)
    {
        Code = CrErrorCode.InvalidResult,
        Action = action,
        IsTransient = true,
    };

    public static CrApiException CutReply(ApiReply reply) => new(
        $"The reply to {reply.Action} was cut off after {reply.Body.Count.ToString(CultureInfo.InvariantCulture)} bytes.")
    {
        Code = CrErrorCode.InvalidResult,
        Action = reply.Action,
        HttpStatus = reply.HttpStatus,
        RequestId = reply.RequestId,
        IsTransient = true,
    };

    /// <summary>Returns the failure of a write that may have been executed.</summary>
    /// <remarks>The failure is the inner exception, because a lookup may show the result, and the message is then another one.</remarks>
    public static CrApiException OutcomeUnknown(CrApiException failure) => new($"{failure.Action} was sent, but no valid reply was received. {failure.Message} It is not known whether the change was made.", failure)
    {
        Code = failure.Code,
        Action = failure.Action,
        RequestId = failure.RequestId,
        HttpStatus = failure.HttpStatus,
        Recommend = failure.Recommend,
        IsOfProxy = failure.IsOfProxy,
        IsOutcomeUnknown = true,
    };

    private static CrApiException New(string action, string code, string message, Exception? exception = null, Uri? proxy = null, bool isNotSent = false) =>
        new(message, Copy(exception)) { Code = code, Action = action, IsOfProxy = proxy is not null, IsNotSent = isNotSent };

    /// <summary>
    /// True if no connection was made. .NET throws the socket's exception itself then, and an IOException around it for a connection that broke.
    /// .NET Framework has a status for each.
    /// </summary>
    private static bool IsNotConnected(Exception exception) => exception is HttpRequestException
    {
        InnerException: SocketException
            or WebException { Status: WebExceptionStatus.ConnectFailure or WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure }
    };

    private static string Through(Uri? proxy) => proxy is null ? string.Empty : $" through the proxy{Name(proxy)}";

    /// <summary>Returns host and port only, because the address may contain a password.</summary>
    private static string Name(Uri? proxy) => proxy is null ? string.Empty : FormattableString.Invariant($" '{proxy.Host}:{proxy.Port}'");

    /// <summary>
    /// Returns a copy of a network exception without the objects that it refers to. The response of a WebException, the task of a TaskCanceledException
    /// or the Data of a handler's exception lead to the request, its address and its headers.
    /// </summary>
    private static Exception? Copy(Exception? exception) => exception switch
    {
        null => null,
        SocketException socket => new SocketException((int)socket.SocketErrorCode),
        _ => new IOException($"{exception.GetType().Name}: {exception.Message}", Copy(exception.InnerException)),
    };

    /// <summary>Returns the reason. The outer exception of .NET contains it; that of .NET Framework has it in the innermost one.</summary>
    private static string CauseOf(Exception exception)
    {
        var innermost = exception.GetBaseException().Message;
        // It may quote the bytes that were received instead of a reply.
        return ServiceText.Shown(exception.Message.Contains(innermost) ? exception.Message : innermost).TrimEnd('.');
    }

    private static T? Find<T>(Exception? exception) where T : Exception =>
        exception is null or T ? (T?)exception : Find<T>(exception.InnerException);
}
