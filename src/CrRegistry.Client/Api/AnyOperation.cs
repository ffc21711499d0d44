using System.Globalization;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Decoding.Json;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Listing;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>Calls any operation once. Its message is <see cref="RowFound{TRow}"/> with the reply.</summary>
/// <param name="open">Returns the way to the service for the requests of a job.</param>
/// <param name="operation">The operation.</param>
/// <param name="parameters">The parameters, as they are sent.</param>
internal sealed class CallJob(Func<JobContext, ApiSession> open, Operation operation, IReadOnlyDictionary<string, string> parameters) : IJob
{
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var reply = await open(context).Transport.SendAsync(operation, parameters, reply => AnyRows.Decode(reply, operation), cancellationToken).ConfigureAwait(false);
        await context.WriteAsync(new RowFound<ApiObject>(reply.Fields), cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Reads the complete list of any operation that has pages. Its messages are <see cref="Page{TRow}"/>.</summary>
/// <param name="open">Returns the way to the service for the requests of a job.</param>
/// <param name="operation">The operation. It has a page number or a NextToken.</param>
/// <param name="parameters">The parameters, as they are sent, without the page.</param>
/// <param name="pageSize">The number of rows to request at once, 1 to 100; null for as many as the service accepts.</param>
internal sealed class CallPagesJob(Func<JobContext, ApiSession> open, Operation operation, IReadOnlyDictionary<string, string> parameters, int? pageSize) : IJob
{
    /// <summary>The longest series of pages without rows. A service may filter the rows of a page.</summary>
    private const int MostEmptyPages = 100;

    public Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var rows = new AnyRows(open(context).Transport, operation, parameters);
        return operation.PageParameter is null
            ? ListByTokenAsync(rows, context, cancellationToken)
            : new SelectedListing<ApiRow>(rows, RowRange.Range(0, null, pageSize), null, context).RunAsync(cancellationToken);
    }

    /// <summary>Reads page after page. The last one has no NextToken.</summary>
    private static async Task ListByTokenAsync(AnyRows rows, JobContext context, CancellationToken cancellationToken)
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        var (pages, known) = (new HashSet<ulong>(), new SeenKeys());
        var count = 0L;
        var emptyPages = 0;
        string? token = null;
        do
        {
            var pageNo = tokens.Count + 1;
            Page<ApiRow> page;
            try
            {
                (page, token) = await rows.GetPageAsync(token, pageNo, cancellationToken).ConfigureAwait(false);
            }
            catch (CrApiException exception) when (count > 0)
            {
                throw ListingFailure.BrokenOff(rows.Kind, pageNo, count, null, exception);
            }

            if (page.Rows.Count > 0 && !pages.Add(SeenKeys.Fingerprint([.. page.Rows.Select(row => known.HashOf(row.Key))]))) throw ListingFailure.Repeated(rows.Kind, pageNo, count, null);
            emptyPages = page.Rows.Count > 0 ? 0 : emptyPages + 1;
            if (emptyPages > MostEmptyPages) throw ListingFailure.EmptyPages(rows.Kind, pageNo, count, emptyPages);
            count += page.Rows.Count;
            await context.WriteAsync(page, cancellationToken).ConfigureAwait(false);
            if (token is not null && !tokens.Add(token)) throw ListingFailure.RepeatedToken(rows.Kind, pageNo, count);
        }
        while (token is not null);
    }
}

/// <summary>The rows of the list of any operation.</summary>
/// <param name="transport">The way to the service.</param>
/// <param name="operation">The operation.</param>
/// <param name="parameters">The parameters, as they are sent, without the page.</param>
internal sealed class AnyRows(ApiTransport transport, Operation operation, IReadOnlyDictionary<string, string> parameters) : IPageSource<ApiRow>
{
    private const string NextToken = nameof(NextToken);

    public RowKind<ApiRow> Kind { get; } = new(operation.Name, "rows", row => row.Key, row => row.Time) { HasEqualRows = operation.RowKey is null };

    /// <exception cref="CrApiException">The reply is not JSON, or it reports a failure.</exception>
    public static AnyReply Decode(ApiReply reply, Operation operation)
    {
        if (new ReplyBody(reply).Kind == ReplyBodyKind.Xml) throw ReplyDecoder.Invalid(reply, "its body is XML instead of JSON");
        return ReplyDecoder.Decode(reply, Api.ReplyJson.Default.AnyReply, operation.HasNoEnvelope);
    }

    public Task<Page<ApiRow>> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken) => transport.SendAsync(
        operation,
        With((operation.PageParameter!, pageNo.ToString(CultureInfo.InvariantCulture)), ("PageSize", pageSize.ToString(CultureInfo.InvariantCulture))),
        reply => Read(reply, Decode(reply, operation), pageNo, pageSize, isCounted: true),
        cancellationToken);

    /// <summary>Requests a page of a list that has no page numbers.</summary>
    /// <param name="token">The token of the page; null for the first one.</param>
    /// <param name="pageNo">The number of the page, from 1, for errors.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The page, and the token of the next one; null if it is the last one.</returns>
    public Task<(Page<ApiRow> Page, string? NextToken)> GetPageAsync(string? token, int pageNo, CancellationToken cancellationToken) => transport.SendAsync(
        operation,
        token is null ? parameters : With((NextToken, token)),
        reply =>
        {
            var list = Decode(reply, operation);
            return (Read(reply, list, pageNo, RowRange.LargestPageSize, isCounted: false), ReplyDecoder.Text(list.NextToken));
        },
        cancellationToken);

    private Dictionary<string, string> With(params (string Name, string Value)[] page)
    {
        var all = parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value);
        foreach (var (name, value) in page) all[name] = value;
        return all;
    }

    private Page<ApiRow> Read(ApiReply reply, AnyReply list, int pageNo, int pageSize, bool isCounted)
    {
        return ReplyDecoder.ReadPage(reply, list, operation.Rows!, RowsOf(list), ReadRow, pageNo, pageSize, isCounted);

        ApiRow ReadRow(object? row)
        {
            if (row is null) throw new UnreadableBodyException("is empty");
            return row is ApiObject fields && operation.RowKey is { } keyField && AnyReplyConverter.TextOf(fields[keyField]) is { Length: > 0 } id
                ? new ApiRow(row, id, TimeOf(fields))
                : new ApiRow(row, JsonText.Of(row), null);
        }
    }

    private DateTime? TimeOf(ApiObject fields) =>
        operation.RowTime is { } field && NumberField.Of(AnyReplyConverter.TextOf(fields[field])).TryTime(out var time) ? time : null;

    private List<object?>? RowsOf(AnyReply list)
    {
        object? rows = list.Fields;
        foreach (var name in operation.Rows!.Split('.')) rows = (rows as ApiObject)?[name];
        return rows is object?[] items ? [.. items] : null;
    }
}
