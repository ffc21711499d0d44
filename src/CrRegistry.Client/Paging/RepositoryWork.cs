using CrRegistry.Client.Operations;
using CrRegistry.Client.Work;
using CrRegistry.Requests;

namespace CrRegistry.Client.Paging;

/// <summary>
/// Lists the repositories of an instance. What the service leaves out by itself only spares requests: whether its filter is exact
/// is not documented, so that every row is looked at here.
/// Its messages are <see cref="Page{TRow}"/>, <see cref="RepositoryNotFound"/> and <see cref="RequestCompleted"/>.
/// </summary>
internal sealed class RepositoryWork(CrConnection connection, Uri endpoint, RepositoryQuery query) : IWork
{
    private readonly RepositoryNames _names = new(query.ExactNames);

    public async Task RunAsync(WorkContext context, CancellationToken cancellationToken)
    {
        var pages = new InstancePages(connection.NewClient(endpoint, context), query);
        var listing = new SelectedListing<Repository>(pages, query.Selection, IsChosenByName ? IsChosen : null, context);
        await listing.RunAsync(cancellationToken).ConfigureAwait(false);
        if (listing.HasEnough) return;
        foreach (var name in _names.Missing)
            await context.WriteAsync(new RepositoryNotFound(name), cancellationToken).ConfigureAwait(false);
    }

    private bool IsChosenByName => query.NamespaceName is not null || query.Match is not null || _names.Any;

    private bool IsChosen(Repository repository)
    {
        if (query.NamespaceName is { } namespaceName && repository.RepoNamespaceName != namespaceName) return false;
        var isNamed = _names.Has(repository);
        return isNamed || (query.Match?.Invoke(repository) ?? !_names.Any);
    }

    private sealed class InstancePages(CrClient client, RepositoryQuery query) : IPageSource<Repository>
    {
        public RowKind<Repository> Kind => RowKinds.Repositories;

        public Task<Page<Repository>> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken) =>
            client.ListRepositoryAsync(query, pageNo, pageSize, cancellationToken);
    }
}
