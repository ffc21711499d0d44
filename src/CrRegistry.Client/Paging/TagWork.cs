using CrRegistry.Client.Operations;
using CrRegistry.Client.Work;

namespace CrRegistry.Client.Paging;

/// <summary>
/// Answers one query: finds the repository, then reads its list, or looks single names up.
/// Its messages are <see cref="TagPage"/>, <see cref="TagNotFound"/> and <see cref="RequestCompleted"/>.
/// </summary>
internal sealed class TagWork(CrConnection connection, Uri endpoint, TagQuery query) : IWork
{
    /// <summary>Above so many names one listing costs less than a look-up each.</summary>
    private const int MostLookUps = 20;

    private readonly TagListingOrigin _origin = new();

    public async Task RunAsync(WorkContext context, CancellationToken cancellationToken)
    {
        var client = connection.NewClient(endpoint, context);
        var repositories = await connection.NewResolverAsync(endpoint, client, cancellationToken).ConfigureAwait(false);
        await repositories.UseAsync(query, (repository, token) => AnswerAsync(client, repository, context, token), cancellationToken).ConfigureAwait(false);
    }

    private Task AnswerAsync(CrClient client, RepositoryAddress repository, WorkContext context, CancellationToken cancellationToken)
    {
        if (query.Match is null && query.ExactNames.Count is > 0 and <= MostLookUps)
            return new TagLookUp(client, repository, query, _origin, context).RunAsync(cancellationToken);
        return ListAsync(new RepositoryPages(client, repository, _origin), context, cancellationToken);
    }

    private async Task ListAsync(ITagPageSource pages, WorkContext context, CancellationToken cancellationToken)
    {
        var missing = new HashSet<string>(query.ExactNames, StringComparer.Ordinal);
        var exact = new HashSet<string>(missing, StringComparer.Ordinal);
        Func<string, bool>? match = exact.Count == 0 && query.Match is null
            ? null
            : tag =>
            {
                missing.Remove(tag);
                return exact.Contains(tag) || query.Match?.Invoke(tag) == true;
            };
        var listing = new TagListing(pages, query, match, _origin, context);
        await listing.RunAsync(cancellationToken).ConfigureAwait(false);
        if (listing.HasEnough) return;
        foreach (var tag in query.ExactNames.Where(missing.Contains))
            await context.WriteAsync(new TagNotFound(tag), cancellationToken).ConfigureAwait(false);
    }

    private sealed class RepositoryPages(CrClient client, RepositoryAddress repository, TagListingOrigin origin) : ITagPageSource
    {
        public Task<TagPage> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken) =>
            client.ListRepoTagAsync(repository, origin, pageNo, pageSize, cancellationToken);
    }
}
