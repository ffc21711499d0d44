using CrRegistry.Client.Api;
using CrRegistry.Requests;

namespace CrRegistry.Completers;

/// <summary>
/// Requests the names that a completer offers: those of one page. If that page is only a part of the list and nothing on it matches, one more page is
/// requested with the service's own filter. The filter is not used first, because its comparison is not documented. The class separates the completers
/// from the client. No signature of a completer may contain a type of the client, because the import must not load it.
/// </summary>
internal static class ServiceNames
{
    /// <summary>Returns the values that the rows of a page contain; none without a connection or without a reply in time.</summary>
    /// <param name="command">The command.</param>
    /// <param name="parent">The name of the object that has the rows, for example a repository; null if it is the instance.</param>
    /// <param name="filter">The name by which the service can filter the rows; null if it cannot.</param>
    /// <param name="rowsOf">Returns the rows of a scope and a filter; null if the command does not specify enough.</param>
    /// <param name="suggest">Returns the values that the command accepts.</param>
    public static IEnumerable<Suggestion> Find<TRow>(
        TypedCommand command, string? parent, string? filter, Func<ListScope, string?, Resource<TRow>?> rowsOf, Func<IReadOnlyList<TRow>, IEnumerable<Suggestion>> suggest)
    {
        if (command.Context is not { } context || command.FindEndpoint(context) is not { } endpoint) return [];
        var scope = new ListScope(endpoint, command.Text("RegionId") ?? context.RegionId, command.Text("InstanceId") ?? context.InstanceId, parent);
        var connection = context.Connection;
        using var limit = connection.Recent.StartLimit();

        var page = FindPage(null);
        var found = suggest(page?.Rows ?? []).ToList();
        var isPart = page?.Rows.Count >= RowRange.LargestPageSize || page?.TotalCount > page?.Rows.Count;
        return filter is not null && isPart && !found.Exists(command.Word.Matches) ? suggest(FindPage(filter)?.Rows ?? []) : found;

        Page<TRow>? FindPage(string? nameFilter) => rowsOf(scope, nameFilter) is not { } rows ? null : connection.Recent.Find<Page<TRow>>(
            (typeof(TRow), scope, nameFilter),
            () => connection.List(endpoint, rows, RowRange.Page(1, RowRange.LargestPageSize), new NameFilter<TRow>([], null)).Single().Job,
            limit.Token);
    }
}

/// <summary>The scope of a list.</summary>
/// <param name="Endpoint">The address of the service.</param>
/// <param name="RegionId">The region; null if only an endpoint is known.</param>
/// <param name="InstanceId">The instance; null if it is not specified.</param>
/// <param name="Parent">The object that has the rows; null if it is the instance.</param>
internal sealed record ListScope(Uri Endpoint, string? RegionId, string? InstanceId, string? Parent)
{
    /// <summary>The instance; null if no valid one is specified.</summary>
    public InstanceScope? Instance => InstanceId is not null && Identifier.IsInstanceId(InstanceId) ? new InstanceScope(InstanceId, RegionId) : null;
}
