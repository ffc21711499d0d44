using System.Text.Json.Serialization.Metadata;
using CrRegistry.Client.Decoding.Json;

namespace CrRegistry.Client.Decoding;

/// <summary>Decodes replies with HTTP 2xx, and finds the failures among them.</summary>
internal static class ReplyDecoder
{
    private static readonly string[] s_codesOfSuccess = ["success", "0", "200", "OK"];

    /// <summary>Decodes a reply of success.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="type">The type that the reply is decoded to.</param>
    /// <param name="hasNoEnvelope">True if the operation returns neither Code nor IsSuccess. Its RequestId then shows that the service replied.</param>
    /// <exception cref="CrApiException">The body is not a reply of the operation, or it reports a failure.</exception>
    public static T Decode<T>(ApiReply reply, JsonTypeInfo<T> type, bool hasNoEnvelope = false) where T : Envelope
    {
        var decoded = Read(reply, type);
        reply.NoteRequestId(decoded.RequestId);
        CheckEnvelope(reply, decoded, hasNoEnvelope && !string.IsNullOrWhiteSpace(decoded.RequestId));
        return decoded;
    }

    /// <summary>True if a code reports success.</summary>
    public static bool IsCodeOfSuccess(string? code) => s_codesOfSuccess.Contains(code?.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the InvalidResult failure of a complete but invalid reply.</summary>
    public static CrApiException Invalid(ApiReply reply, string problem) => Invalid(reply, problem, isCut: false, null);

    private static CrApiException Invalid(ApiReply reply, string problem, bool isCut, Exception? cause) =>
        new($"The reply to {reply.Action} is not usable: {ServiceText.Shown(problem)}.", cause)
        {
            Code = CrErrorCode.InvalidResult,
            Action = reply.Action,
            HttpStatus = reply.HttpStatus,
            RequestId = reply.RequestId,
            IsTransient = isCut,
        };

    private static T Read<T>(ApiReply reply, JsonTypeInfo<T> type) where T : Envelope
    {
        var body = new ReplyBody(reply);
        try
        {
            return body.Read(type);
        }
        catch (UnreadableBodyException exception) when (body.Kind == ReplyBodyKind.Html)
        {
            throw Invalid(
                reply,
                $"{exception.Message}. '{reply.Host}' returned HTTP status {reply.HttpStatus}. The reply is probably from a proxy or the sign-in page of a network",
                exception.IsCut,
                exception);
        }
        catch (UnreadableBodyException exception)
        {
            throw Invalid(reply, exception.Message, exception.IsCut, exception.InnerException);
        }
    }

    private static void CheckEnvelope(ApiReply reply, Envelope envelope, bool isOptional)
    {
        var (code, verdict) = (envelope.Code?.Trim() ?? string.Empty, envelope.IsSuccess ?? envelope.Success);
        if (code.Length == 0 && string.IsNullOrWhiteSpace(verdict) && !isOptional) throw Invalid(reply, "neither its Code nor its IsSuccess shows that the call succeeded");
        var isSuccess = true;
        var isCodeOfSuccess = IsCodeOfSuccess(code);
        if (!string.IsNullOrWhiteSpace(verdict) && !bool.TryParse(verdict, out isSuccess))
            throw Invalid(reply, $"its IsSuccess '{verdict}' is neither true nor false");
        if (isSuccess && (isCodeOfSuccess || code.Length == 0)) return;
        if (isCodeOfSuccess)
            throw Invalid(reply, $"its IsSuccess is false, although its Code is '{code}'{(string.IsNullOrWhiteSpace(envelope.Message) ? null : $" (message '{envelope.Message}')")}");
        throw ServiceErrorReader.Refused(reply, new ServiceError { Code = code, Message = envelope.Message, RequestId = envelope.RequestId });
    }
}
