using CrRegistry.Client.Operations;
using CrRegistry.Client.Work;
using CrRegistry.Requests;

namespace CrRegistry.Client.Paging;

/// <summary>Looks single tags up by their exact names, a GetRepoTag each, side by side; gives them in the order of the names.</summary>
internal sealed class TagLookUp(CrClient client, RepositoryAddress repository, TagQuery query, ListingOrigin origin, WorkContext context)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        origin.EndAs(ListingState.Part);
        var (skip, first) = (query.Selection.Skip, query.Selection.First ?? long.MaxValue);
        var found = 0L;
        var lookUps = query.ExactNames.Select(name => (Name: name, Tag: FindAsync(name, cancellationToken))).ToArray();
        foreach (var (name, lookUp) in lookUps)
        {
            if (await lookUp.ConfigureAwait(false) is not { } tag)
                await context.WriteAsync(new TagNotFound(name), cancellationToken).ConfigureAwait(false);
            else if (found++ >= skip && found - skip <= first)
                await context.WriteAsync(new Page<ImageTag>(1, 1, null, [tag]), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ImageTag?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetRepoTagAsync(repository, origin, name, cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException exception) when (ServiceCode.IsTagNotFound(exception.Code))
        {
            return null;
        }
    }
}
