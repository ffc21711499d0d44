using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Decoding.Json;
using CrRegistry.Client.Listing;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>The rows of one list of the service: the operations that return them, and the properties that a listing needs.</summary>
internal abstract class Resource<TRow>
{
    /// <summary>The key and the time of a row, for the rule of complete lists.</summary>
    public abstract RowKind<TRow> Kind { get; }

    /// <summary>True if the scope excludes rows that the list operation may return.</summary>
    public virtual bool IsFiltered => false;

    /// <summary>
    /// True if the lookup of one row may fail for a reason that does not concern the others, for example a permission. Each lookup is then a job with an
    /// error of its own.
    /// </summary>
    public abstract bool HasSeparateLookups { get; }

    /// <summary>Requests one page, in the service's order.</summary>
    /// <param name="transport">The way to the service.</param>
    /// <param name="pageNo">The number of the page, from 1.</param>
    /// <param name="pageSize">The number of rows on it, 1 to 100.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public abstract Task<Page<TRow>> GetPageAsync(ApiTransport transport, int pageNo, int pageSize, CancellationToken cancellationToken);

    /// <summary>Looks one row up by its exact name or its ID.</summary>
    /// <param name="transport">The way to the service.</param>
    /// <param name="name">A name for which <see cref="CanLookUp"/> is true.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="CrApiException">The row does not exist, or the reply is about another one.</exception>
    public abstract Task<TRow> GetAsync(ApiTransport transport, string name, CancellationToken cancellationToken);

    /// <summary>True if the get operation accepts the name.</summary>
    public virtual bool CanLookUp(string name) => true;

    /// <summary>True if a lookup failed because the row does not exist.</summary>
    public virtual bool IsNotFound(CrApiException failure) => false;

    /// <summary>True if a row is in the scope.</summary>
    public virtual bool Contains(TRow row) => true;

    /// <summary>Returns the key of a name that a user specified, which is compared with <see cref="NameKeysOf"/>.</summary>
    public virtual string NameKey(string name) => name;

    /// <summary>Returns the names by which a user may specify a row.</summary>
    public virtual IEnumerable<string> NameKeysOf(TRow row) => [Kind.Key(row)];

    /// <summary>Uses the resource when its scope has been resolved, for example the name of a repository to its ID.</summary>
    public virtual Task UseAsync(ApiSession session, Func<Resource<TRow>, CancellationToken, Task> use, CancellationToken cancellationToken) =>
        use(this, cancellationToken);

    /// <summary>Checks after the list was read whether it is still valid.</summary>
    /// <param name="transport">The way to the service.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="CrApiException">The list is not valid, or this cannot be read.</exception>
    public virtual Task CheckEndAsync(ApiTransport transport, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stores the final state of the listing for the rows that refer to it. Only the first call has an effect.</summary>
    /// <param name="state">The final state.</param>
    /// <param name="rows">The number of rows that were returned.</param>
    public virtual void EndAs(ListingState state, long rows = 0)
    {
    }

    /// <summary>Requests and decodes one page.</summary>
    protected static Task<Page<TRow>> ListAsync<TReply, TFields>(
        ApiTransport transport, Operation operation, Dictionary<string, string> parameters, int pageNo, int pageSize, JsonTypeInfo<TReply> type,
        string rowsField, Func<TReply, List<TFields?>?> rowsOf, Func<TFields?, TRow> read, CancellationToken cancellationToken)
        where TReply : ListReply
    {
        parameters.Add("PageNo", pageNo.ToString(CultureInfo.InvariantCulture));
        parameters.Add("PageSize", pageSize.ToString(CultureInfo.InvariantCulture));
        return transport.SendAsync(operation, parameters, reply => ReplyDecoder.DecodePage(reply, type, rowsField, rowsOf, read, pageNo, pageSize), cancellationToken);
    }
}

/// <summary>The pages of a resource.</summary>
/// <param name="resource">The rows.</param>
/// <param name="transport">The way to the service.</param>
internal sealed class ResourcePages<TRow>(Resource<TRow> resource, ApiTransport transport) : IPageSource<TRow>
{
    public RowKind<TRow> Kind => resource.Kind;

    public Task<Page<TRow>> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken) =>
        resource.GetPageAsync(transport, pageNo, pageSize, cancellationToken);
}
