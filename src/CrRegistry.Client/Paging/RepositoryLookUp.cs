using CrRegistry.Client.Work;
using CrRegistry.Requests;

namespace CrRegistry.Client.Paging;

/// <summary>
/// Looks one repository up, by GetRepository. Its messages are the <see cref="Repository"/> and <see cref="RequestCompleted"/>.
/// </summary>
internal sealed class RepositoryLookUp(
    CrConnection connection, Uri endpoint, string instanceId, string? regionId, RepositoryReference repository) : IWork
{
    public async Task RunAsync(WorkContext context, CancellationToken cancellationToken)
    {
        var client = connection.NewClient(endpoint, context);
        var found = await client.GetRepositoryAsync(instanceId, regionId, repository, cancellationToken).ConfigureAwait(false);
        await context.WriteAsync(found, cancellationToken).ConfigureAwait(false);
    }
}
