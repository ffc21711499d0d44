using CrRegistry.Client.Jobs;
using CrRegistry.Client.Listing;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>Reads a part of a list, or looks a few of its rows up by name. Its messages are <see cref="Page{TRow}"/> and <see cref="RowNotFound"/>.</summary>
/// <param name="open">Returns the way to the service for the requests of a job.</param>
/// <param name="resource">The rows.</param>
/// <param name="range">The part of the rows that match.</param>
/// <param name="filter">The names of the rows.</param>
internal sealed class ListJob<TRow>(Func<JobContext, ApiSession> open, Resource<TRow> resource, RowRange range, NameFilter<TRow> filter) : IJob
{
    /// <summary>The largest number of names that are looked up. For more names, reading the list takes fewer requests.</summary>
    private const int MostLookups = 20;

    /// <summary>True if the names are looked up one by one.</summary>
    public static bool LooksUp(Resource<TRow> resource, NameFilter<TRow> filter) =>
        filter.Matches is null && filter.ExactNames.Count is > 0 and <= MostLookups && filter.ExactNames.All(resource.CanLookUp);

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var session = open(context);
        var rows = 0L;
        // Immediately when the reader stops, because the next command of its pipeline may already need the state.
        using var stopped = cancellationToken.Register(() => resource.EndAs(ListingState.Part));
        try
        {
            await resource.UseAsync(
                session,
                async (resolved, token) =>
                {
                    if (LooksUp(resolved, filter)) await LookUpAsync(resolved, session.Transport, context, token).ConfigureAwait(false);
                    else rows = await ListAsync(resolved, session.Transport, context, token).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            // Rows that are selected by name are only a part of the list, because others may belong to the same image.
            resource.EndAs(range.IsWhole && filter.IsEmpty ? ListingState.Whole : ListingState.Part, rows);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            resource.EndAs(ListingState.Failed);
            throw;
        }
    }

    /// <summary>Looks the names up side by side, and returns the rows in the order of the names.</summary>
    private async Task LookUpAsync(Resource<TRow> resolved, ApiTransport transport, JobContext context, CancellationToken cancellationToken)
    {
        resource.EndAs(ListingState.Part);
        var position = 0L;
        var lookups = filter.ExactNames.Select(name => (Name: name, Row: FindAsync(resolved, transport, name, cancellationToken))).ToArray();
        foreach (var (name, lookup) in lookups)
        {
            if (await lookup.ConfigureAwait(false) is not { } found)
                await context.WriteAsync(new RowNotFound(name), cancellationToken).ConfigureAwait(false);
            else if (range.Contains(position++))
                await context.WriteAsync(new Page<TRow>(1, 1, null, [found.Row]), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<RowFound<TRow>?> FindAsync(Resource<TRow> resolved, ApiTransport transport, string name, CancellationToken cancellationToken)
    {
        try
        {
            return new(await resolved.GetAsync(transport, name, cancellationToken).ConfigureAwait(false));
        }
        catch (CrApiException exception) when (resolved.IsNotFound(exception))
        {
            return null;
        }
    }

    /// <summary>Reads the list. Rows are matched on this side, since the service has no filter that is documented to be exact.</summary>
    /// <returns>The number of rows that were returned.</returns>
    private async Task<long> ListAsync(Resource<TRow> resolved, ApiTransport transport, JobContext context, CancellationToken cancellationToken)
    {
        var missing = filter.ExactNames.Distinct(StringComparer.Ordinal).ToDictionary(resolved.NameKey, StringComparer.Ordinal);
        var keys = new HashSet<string>(missing.Keys, StringComparer.Ordinal);
        Func<TRow, bool>? match = filter.IsEmpty && !resolved.IsFiltered ? null : row => resolved.Contains(row) && (IsNamed(row) | (filter.Matches?.Invoke(row) ?? keys.Count == 0));
        var listing = new SelectedListing<TRow>(new ResourcePages<TRow>(resolved, transport), range, match, context);
        await listing.RunAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await resolved.CheckEndAsync(transport, cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException failure) when (listing.RowsWritten > 0)
        {
            throw ListingFailure.Invalid(resolved.Kind, listing.RowsWritten, failure);
        }

        if (listing.HasEnough) return listing.RowsWritten;
        foreach (var name in filter.ExactNames.Where(name => missing.ContainsKey(resolved.NameKey(name))))
            await context.WriteAsync(new RowNotFound(name), cancellationToken).ConfigureAwait(false);
        return listing.RowsWritten;

        bool IsNamed(TRow row)
        {
            var isNamed = false;
            foreach (var key in resolved.NameKeysOf(row))
            {
                isNamed |= keys.Contains(key);
                missing.Remove(key);
            }

            return isNamed;
        }
    }
}
