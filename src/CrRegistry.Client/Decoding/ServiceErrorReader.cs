using System.Net;
using System.Text.Json.Serialization.Metadata;
using CrRegistry.Client.Decoding.Json;

namespace CrRegistry.Client.Decoding;

/// <summary>Creates the exceptions for rejections in JSON or XML, with any HTTP status.</summary>
internal static class ServiceErrorReader
{
    private static readonly HashSet<string> s_serviceFailed = new(StringComparer.Ordinal) { "SignatureNonceUsed", "ServiceUnavailable", "InternalError", "SystemError" };

    /// <summary>True if the service failed. It may have executed the request, and does not reject it.</summary>
    public static bool IsServiceFailed(string code, int? status) => s_serviceFailed.Contains(code) || status is >= 500 or (int)HttpStatusCode.RequestTimeout;

    /// <summary>Creates the exception for a reply with an HTTP status other than 2xx. The body may be of any kind.</summary>
    public static CrApiException Read(ApiReply reply)
    {
        var body = new ReplyBody(reply);
        var rejection = Parse(body, ServiceErrorJson.Default.ServiceError);
        return rejection is { Code.Length: > 0 } && !ReplyDecoder.IsCodeOfSuccess(rejection.Code) ? Rejected(reply, rejection) : NotOfTheService(reply, body, rejection);
    }

    /// <summary>Creates the exception for a rejection by the service.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="rejection">The rejection. Its code may be missing, and its message often is.</param>
    public static CrApiException Rejected(ApiReply reply, ServiceError rejection)
    {
        var code = ServiceText.Shown(rejection.Code ?? string.Empty);
        var words = ServiceText.Shown(WordsOf(rejection) ?? string.Empty).TrimEnd('.', ' ', ':');
        if (words.Length == 0) words = code.Length > 0 ? $"the service returned '{code}'" : "the reply contains no reason";
        // The missing part may contain the cause.
        else if (words[words.Length - 1] == ServiceText.Cut && code.Length > 0) words += $" (code '{code}')";
        var message = string.Join(" ", new[] { $"{reply.Action} {(code.Length == 0 || IsServiceFailed(code, reply.HttpStatus) ? "failed" : "was rejected")}: {words}.", Clocks(reply, code), Signatures(reply, rejection) }.OfType<string>());
        return Failure(reply, message, code.Length > 0 ? code : CrErrorCode.InvalidResult, rejection);
    }

    /// <summary>Returns the secret of a reply of any kind; null without a secret.</summary>
    public static string? SecretOf(ApiReply reply) => Parse(new ReplyBody(reply), ServiceErrorJson.Default.SecretFields)?.AuthorizationToken;

    private static CrApiException NotOfTheService(ApiReply reply, ReplyBody body, ServiceError? rejection)
    {
        var what = body.Kind switch
        {
            ReplyBodyKind.Html => " and an HTML page. The page is probably from a proxy or the sign-in page of a network",
            ReplyBodyKind.Empty => " and nothing else",
            _ when rejection is { Code.Length: > 0 } => $" and the code '{ServiceText.Shown(rejection.Code)}'",
            _ when rejection is not null && WordsOf(rejection) is { Length: > 0 } words => $" and '{ServiceText.Shown(words)}'",
            _ => " and no error code",
        };
        var message = $"{reply.Action} failed: '{reply.Host}' returned HTTP status {Status(reply)}{what}.";
        return Failure(reply, message, "Http" + Status(reply), rejection);
    }

    private static CrApiException Failure(ApiReply reply, string message, string code, ServiceError? rejection) => new(message)
    {
        Code = code,
        Action = reply.Action,
        HttpStatus = reply.HttpStatus,
        RequestId = ServiceText.Id(rejection?.RequestId) ?? reply.RequestId,
        Recommend = ServiceText.Address(rejection?.Recommend),
    };

    private static string Status(ApiReply reply) => reply.HttpStatus.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? WordsOf(ServiceError rejection) =>
        new[] { rejection.Message, rejection.Description, rejection.Detail, rejection.AccessDeniedDetail }.FirstOrDefault(words => !string.IsNullOrWhiteSpace(words));

    private static string? Clocks(ApiReply reply, string code)
    {
        if (!code.StartsWith("InvalidTimeStamp", StringComparison.OrdinalIgnoreCase) && !code.Equals("IllegalTimestamp", StringComparison.OrdinalIgnoreCase)) return null;
        var own = FormattableString.Invariant($"This computer's clock shows {reply.ReceivedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        if (reply.Date is not { } date) return own + ".";
        var ahead = reply.ReceivedAt - date;
        return FormattableString.Invariant(
            $"{own}, and the service's clock {date.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. This computer's clock is {Length(ahead.Duration())} {(ahead < TimeSpan.Zero ? "behind" : "ahead")}.");
    }

    private static string Length(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => FormattableString.Invariant($"{time.TotalDays:0} days"),
        { TotalHours: >= 2 } => FormattableString.Invariant($"{time.TotalHours:0} hours"),
        { TotalMinutes: >= 2 } => FormattableString.Invariant($"{time.TotalMinutes:0} minutes"),
        _ when Math.Round(time.TotalSeconds) == 1 => "1 second",
        _ => FormattableString.Invariant($"{time.TotalSeconds:0} seconds"),
    };

    // The service returns the text that it signed. If it equals the string of this client, the secret is wrong. The text is never shown.
    private static string? Signatures(ApiReply reply, ServiceError rejection)
    {
        if (reply.StringToSign is null || ServiceText.SignedText(WordsOf(rejection) ?? string.Empty) is not { } services) return null;
        return services.Contains(reply.StringToSign)
            ? "The service signed the same text as this computer, so the AccessKey secret is wrong."
            : "The service signed a different text than this computer. A proxy may have changed the request.";
    }

    private static T? Parse<T>(ReplyBody body, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return body.Read(type);
        }
        catch (UnreadableBodyException)
        {
            return null;
        }
    }
}
