using System.Text.Json.Serialization.Metadata;
using CrRegistry.Client.Decoding.Json;
using CrRegistry.Requests;

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

    /// <summary>Decodes a reply that is a row.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="type">The type that the reply is decoded to.</param>
    /// <param name="read">Creates the row from its fields. It throws <see cref="UnreadableBodyException"/> for an invalid row.</param>
    /// <exception cref="CrApiException">The reply does not contain a valid row.</exception>
    public static TRow DecodeRow<TFields, TRow>(ApiReply reply, JsonTypeInfo<TFields> type, Func<TFields?, TRow> read) where TFields : Envelope
    {
        var fields = Decode(reply, type);
        try
        {
            return read(fields);
        }
        catch (UnreadableBodyException exception)
        {
            throw Invalid(reply, $"it {exception.Message}");
        }
    }

    /// <summary>Decodes a page of a list. A missing list counts as an empty one only past the end.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="type">The type that the reply is decoded to.</param>
    /// <param name="rowsField">The name of the field that contains the rows.</param>
    /// <param name="rowsOf">Returns the rows; null if the reply has no such field.</param>
    /// <param name="read">Creates a row from its fields. It throws <see cref="UnreadableBodyException"/> for an invalid row.</param>
    /// <param name="pageNo">The page that was requested.</param>
    /// <param name="pageSize">The page size that was requested.</param>
    /// <exception cref="CrApiException">The reply does not contain a valid page.</exception>
    public static Page<TRow> DecodePage<TReply, TFields, TRow>(
        ApiReply reply, JsonTypeInfo<TReply> type, string rowsField, Func<TReply, List<TFields?>?> rowsOf, Func<TFields?, TRow> read, int pageNo, int pageSize)
        where TReply : ListReply
    {
        var list = Decode(reply, type);
        return ReadPage(reply, list, rowsField, rowsOf(list), read, pageNo, pageSize);
    }

    /// <summary>Reads the page of a reply that is decoded.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="list">The decoded reply.</param>
    /// <param name="rowsField">The name of the field that contains the rows.</param>
    /// <param name="fields">The rows; null if the reply has no such field.</param>
    /// <param name="read">Creates a row from its fields. It throws <see cref="UnreadableBodyException"/> for an invalid row.</param>
    /// <param name="pageNo">The page that was requested.</param>
    /// <param name="pageSize">The page size that was requested.</param>
    /// <param name="isCounted">True if TotalCount determines the pages. Otherwise each page must have the rows, as page 1 must.</param>
    /// <exception cref="CrApiException">The reply does not contain a valid page.</exception>
    public static Page<TRow> ReadPage<TFields, TRow>(
        ApiReply reply, ListReply list, string rowsField, List<TFields?>? fields, Func<TFields?, TRow> read, int pageNo, int pageSize, bool isCounted = true)
    {
        var effectiveSize = list.PageSize.Value is > 0 and <= int.MaxValue and var echo ? (int)echo : pageSize;
        long? total = list.TotalCount.Value is >= 0 and var count ? count : null;
        // Past the end, without a TotalCount, a missing field is an empty list.
        var isFirst = pageNo == 1 || !isCounted;
        var isOptional = total is null ? !isFirst : total <= (isFirst ? 0 : (long)(pageNo - 1) * effectiveSize);
        if (fields is null && !isOptional)
            throw Invalid(reply, $"page {pageNo} has no {rowsField}, {(total is null ? "and no TotalCount" : $"though TotalCount is {total}")}");
        // On a later page a row may have been deleted between the count and the rows. The listing handles that.
        if (fields is [] && isFirst && total > 0)
            throw Invalid(reply, $"page {pageNo} has no rows in {rowsField}, though TotalCount is {total}");

        var rows = new List<TRow>(fields?.Count ?? 0);
        try
        {
            foreach (var row in fields ?? []) rows.Add(read(row));
        }
        catch (UnreadableBodyException exception)
        {
            throw Invalid(reply, $"row {rows.Count + 1} of page {pageNo} {exception.Message}");
        }

        return new Page<TRow>(pageNo, effectiveSize, total, rows)
        {
            AnsweredAt = reply.Date,
            HasInvalidTotalCount = total is null && !list.TotalCount.IsEmpty,
        };
    }

    /// <summary>Returns the text of a field; null if it is missing or empty.</summary>
    public static string? Text(string? field) => string.IsNullOrEmpty(field) ? null : field;

    /// <summary>True if a code reports success.</summary>
    public static bool IsCodeOfSuccess(string? code) => s_codesOfSuccess.Contains(code?.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the InvalidResult failure of a complete but invalid reply.</summary>
    public static CrApiException Invalid(ApiReply reply, string problem) => Invalid(reply, problem, isCut: false, null);

    private static CrApiException Invalid(ApiReply reply, string problem, bool isCut, Exception? cause) =>
        new($"The reply to {reply.Action} is not usable because {ServiceText.Shown(problem)}.", cause)
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
        throw ServiceErrorReader.Rejected(reply, new ServiceError { Code = code, Message = envelope.Message, RequestId = envelope.RequestId });
    }
}
