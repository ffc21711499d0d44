using CrRegistry.Client.Jobs;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>Looks one row up. Its message is <see cref="RowFound{TRow}"/>.</summary>
internal sealed class GetJob<TRow>(Func<JobContext, ApiSession> open, Resource<TRow> resource, string name) : IJob
{
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var row = await resource.GetAsync(open(context).Transport, name, cancellationToken).ConfigureAwait(false);
        await context.WriteAsync(new RowFound<TRow>(row), cancellationToken).ConfigureAwait(false);
    }
}
