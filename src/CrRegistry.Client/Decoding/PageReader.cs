using System.Text.Json.Serialization.Metadata;
using CrRegistry.Client.Decoding.Json;
using CrRegistry.Requests;

namespace CrRegistry.Client.Decoding;

/// <summary>Reads the replies of list operations, which differ only in their rows.</summary>
internal static class PageReader
{
    /// <summary>Reads a page. A missing list counts as an empty one only past the end.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="type">The type that the reply is decoded to.</param>
    /// <param name="rowsField">The name of the field that contains the rows.</param>
    /// <param name="rowsOf">Returns the rows; null if the reply has no such field.</param>
    /// <param name="read">Creates a row from its fields.</param>
    /// <param name="pageNo">The page that was requested.</param>
    /// <param name="pageSize">The page size that was requested.</param>
    /// <exception cref="CrApiException">The reply does not contain a valid page.</exception>
    public static Page<TRow> Read<TReply, TFields, TRow>(
        ApiReply reply, JsonTypeInfo<TReply> type, string rowsField, Func<TReply, List<TFields?>?> rowsOf, Func<ApiReply, TFields?, RowPlace, TRow> read, int pageNo, int pageSize)
        where TReply : ListReply
    {
        var list = ReplyDecoder.Decode(reply, type);
        return Read(reply, list, rowsField, rowsOf(list), read, pageNo, pageSize);
    }

    /// <summary>Reads a page of a reply that is decoded.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="list">The decoded reply.</param>
    /// <param name="rowsField">The name of the field that contains the rows.</param>
    /// <param name="fields">The rows; null if the reply has no such field.</param>
    /// <param name="read">Makes a row of its fields.</param>
    /// <param name="pageNo">The page that was requested.</param>
    /// <param name="pageSize">The page size that was requested.</param>
    /// <exception cref="CrApiException">The reply does not contain a valid page.</exception>
    public static Page<TRow> Read<TFields, TRow>(
        ApiReply reply, ListReply list, string rowsField, List<TFields?>? fields, Func<ApiReply, TFields?, RowPlace, TRow> read, int pageNo, int pageSize)
    {
        var effectiveSize = list.PageSize.Value is > 0 and <= int.MaxValue and var echo ? (int)echo : pageSize;
        long? total = list.TotalCount.Value is >= 0 and var count ? count : null;
        // Past the end, without a TotalCount, a missing field is an empty list.
        var isOptional = total is null ? pageNo > 1 : total <= (long)(pageNo - 1) * effectiveSize;
        if (fields is null && !isOptional)
            throw ReplyDecoder.Invalid(reply, $"page {pageNo} has no {rowsField}, {(total is null ? "and no TotalCount" : $"though TotalCount is {total}")}");
        // On a later page a row may have been deleted between the count and the rows. The listing handles that.
        if (fields is [] && pageNo == 1 && total > 0)
            throw ReplyDecoder.Invalid(reply, $"page 1 has no rows in {rowsField}, though TotalCount is {total}");

        var rows = new List<TRow>(fields?.Count ?? 0);
        foreach (var row in fields ?? [])
            rows.Add(read(reply, row, new RowPlace(rows.Count + 1, pageNo)));
        return new Page<TRow>(pageNo, effectiveSize, total, rows)
        {
            AnsweredAt = reply.Date,
            HasInvalidTotalCount = total is null && !list.TotalCount.IsEmpty,
        };
    }
}
