using CrRegistry.Client.Operations.Json;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;

namespace CrRegistry.Client.Operations;

/// <summary>Reads the replies of list operations, which differ in nothing but their rows.</summary>
internal static class PageReader
{
    /// <summary>Reads a page. One without rows has to say so: nothing else may pass for one.</summary>
    /// <param name="reply">The reply, for the error.</param>
    /// <param name="list">What it was decoded to.</param>
    /// <param name="name">The name of the field that has the rows.</param>
    /// <param name="fields">The rows; null where the reply has no such field.</param>
    /// <param name="pageNo">The page that was asked for.</param>
    /// <param name="pageSize">The size that was asked for.</param>
    /// <param name="read">Makes a row of its fields, and of its place.</param>
    /// <exception cref="CrApiException">The reply is none of a list.</exception>
    public static Page<TRow> Read<TFields, TRow>(
        ApiReply reply, ListReply list, string name, List<TFields?>? fields, int pageNo, int pageSize, Func<TFields?, RowPlace, TRow> read)
    {
        var ruling = list.PageSize.Value is > 0 and <= int.MaxValue and var echo ? (int)echo : pageSize;
        long? total = list.TotalCount.Value is >= 0 and var count ? count : null;
        // Past the end, without a count, it is as good as an empty list.
        var isOptional = total is null ? pageNo > 1 : total <= (long)(pageNo - 1) * ruling;
        if (fields is null && !isOptional)
            throw ReplyDecoder.Invalid(reply, $"page {pageNo} has no {name}, {(total is null ? "and no TotalCount" : $"though TotalCount is {total}")}");
        // On a later page a row may have been deleted between the count and the rows: the listing sees to it.
        if (fields is [] && pageNo == 1 && total > 0)
            throw ReplyDecoder.Invalid(reply, $"page 1 has no rows in {name}, though TotalCount is {total}");

        var rows = new List<TRow>(fields?.Count ?? 0);
        foreach (var row in fields ?? [])
            rows.Add(read(row, new RowPlace(rows.Count + 1, pageNo)));
        return new Page<TRow>(pageNo, ruling, total, rows)
        {
            AnsweredAt = reply.Date,
            HasInvalidTotalCount = total is null && !list.TotalCount.IsEmpty,
        };
    }
}
