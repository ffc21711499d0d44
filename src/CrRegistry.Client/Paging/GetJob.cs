using CrRegistry.Client.Api;
using CrRegistry.Client.Work;
using CrRegistry.Requests;

namespace CrRegistry.Client.Paging;

/// <summary>Looks one row up. Its message is <see cref="RowFound{TRow}"/>.</summary>
internal sealed class GetJob<TRow>(Func<WorkContext, ApiSession> open, Resource<TRow> resource, string name) : IWork
{
    public async Task RunAsync(WorkContext context, CancellationToken cancellationToken)
    {
        var row = await resource.GetAsync(open(context).Transport, name, cancellationToken).ConfigureAwait(false);
        await context.WriteAsync(new RowFound<TRow>(row), cancellationToken).ConfigureAwait(false);
    }
}
