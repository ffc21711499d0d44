using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CrRegistry.Client.Operations.Json;
using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Operations;

/// <summary>Decodes a reply of success, and finds the failures that come with HTTP 200.</summary>
internal static class ReplyDecoder
{
    private static readonly string[] s_codesOfSuccess = ["success", "0", "200", "OK"];

    /// <exception cref="CrApiException">The body is none of the operation's, or it says that the call failed.</exception>
    public static T Decode<T>(ApiReply reply, JsonTypeInfo<T> type) where T : Envelope
    {
        var decoded = Parse(reply, type);
        CheckEnvelope(reply, decoded);
        return decoded;
    }

    /// <summary>An InvalidResult failure of a reply.</summary>
    public static CrApiException Invalid(ApiReply reply, string problem, Exception? cause = null) =>
        new($"The reply to {reply.Action} is not usable: {problem}.", cause)
        {
            Code = CrErrorCode.InvalidResult,
            Action = reply.Action,
            HttpStatus = reply.HttpStatus,
            RequestId = reply.RequestId,
        };

    private static T Parse<T>(ApiReply reply, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body, type) ?? throw Invalid(reply, "its body is 'null'");
        }
        catch (JsonException exception)
        {
            throw Invalid(reply, $"its body is not the JSON of this operation{Place(exception)} (content type '{reply.ContentType}')", exception);
        }
    }

    private static string Place(JsonException exception) =>
        exception.Path is { Length: > 1 } path ? $" at '{path}'" : string.Empty;

    private static void CheckEnvelope(ApiReply reply, Envelope envelope)
    {
        var failed = string.Equals(envelope.IsSuccess, bool.FalseString, StringComparison.OrdinalIgnoreCase)
            || (envelope.Code is { Length: > 0 } code && !s_codesOfSuccess.Contains(code, StringComparer.OrdinalIgnoreCase));
        if (!failed) return;
        var said = envelope.Message is { Length: > 0 } message ? message.TrimEnd().TrimEnd('.') : $"the service answered '{envelope.Code}'";
        throw new CrApiException($"{reply.Action} was refused: {said}.")
        {
            Code = envelope.Code is { Length: > 0 } given ? given : CrErrorCode.InvalidResult,
            Action = reply.Action,
            HttpStatus = reply.HttpStatus,
            RequestId = envelope.RequestId ?? reply.RequestId,
        };
    }
}
