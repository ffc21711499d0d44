using CrRegistry.Client.Operations;
using CrRegistry.Client.Work;
using CrRegistry.Requests;

namespace CrRegistry.Client.Paging;

/// <summary>
/// Answers one query: finds the repository, then reads its list, or looks single names up.
/// Its messages are <see cref="Page{TRow}"/>, <see cref="TagNotFound"/> and <see cref="RequestCompleted"/>.
/// </summary>
internal sealed class TagWork(CrConnection connection, Uri endpoint, TagQuery query) : IWork
{
    private readonly ListingOrigin _origin = new();

    public async Task RunAsync(WorkContext context, CancellationToken cancellationToken)
    {
        var client = connection.NewClient(endpoint, context);
        var repositories = await connection.NewResolverAsync(endpoint, client, cancellationToken).ConfigureAwait(false);
        await repositories.UseAsync(query, (repository, token) => AnswerAsync(client, repository, context, token), cancellationToken).ConfigureAwait(false);
    }

    private Task AnswerAsync(CrClient client, RepositoryAddress repository, WorkContext context, CancellationToken cancellationToken)
    {
        if (query.Match is null && query.ExactNames.Count is > 0 and <= LookUps.Most)
            return new TagLookUp(client, repository, query, _origin, context).RunAsync(cancellationToken);
        return ListAsync(new RepositoryPages(client, repository, _origin), context, cancellationToken);
    }

    private async Task ListAsync(IPageSource<ImageTag> pages, WorkContext context, CancellationToken cancellationToken)
    {
        var missing = new HashSet<string>(query.ExactNames, StringComparer.Ordinal);
        var exact = new HashSet<string>(missing, StringComparer.Ordinal);
        Func<ImageTag, bool>? match = exact.Count == 0 && query.Match is null
            ? null
            : tag =>
            {
                missing.Remove(tag.Tag);
                return exact.Contains(tag.Tag) || query.Match?.Invoke(tag.Tag) == true;
            };
        var listing = new SelectedListing<ImageTag>(pages, query.Selection, match, context);
        await RunAsync(listing, cancellationToken).ConfigureAwait(false);
        if (listing.HasEnough) return;
        foreach (var tag in query.ExactNames.Where(missing.Contains))
            await context.WriteAsync(new TagNotFound(tag), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a listing and marks its tags with how it ended.</summary>
    private async Task RunAsync(SelectedListing<ImageTag> listing, CancellationToken cancellationToken)
    {
        try
        {
            await listing.RunAsync(cancellationToken).ConfigureAwait(false);
            _origin.EndAs(query.IsWhole ? ListingState.Whole : ListingState.Part);
        }
        catch (OperationCanceledException)
        {
            _origin.EndAs(ListingState.Part);
            throw;
        }
        catch
        {
            _origin.EndAs(ListingState.Failed);
            throw;
        }
    }

    private sealed class RepositoryPages(CrClient client, RepositoryAddress repository, ListingOrigin origin) : IPageSource<ImageTag>
    {
        public RowKind<ImageTag> Kind => RowKinds.Tags;

        public Task<Page<ImageTag>> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken) =>
            client.ListRepoTagAsync(repository, origin, pageNo, pageSize, cancellationToken);
    }
}
