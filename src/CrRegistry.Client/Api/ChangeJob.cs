using CrRegistry.Client.Jobs;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>Makes one change. If a result is requested, its message is <see cref="RowFound{TRow}"/>.</summary>
/// <param name="open">Returns the way to the service for the requests of a job.</param>
/// <param name="change">The change.</param>
internal sealed class ChangeJob<TResult>(Func<JobContext, ApiSession> open, Change<TResult> change) : IJob
    where TResult : class
{
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var session = open(context);
        if (await change.MakeAsync(session.Transport, session.Repositories, cancellationToken).ConfigureAwait(false) is { } result)
            await context.WriteAsync(new RowFound<TResult>(result), cancellationToken).ConfigureAwait(false);
    }
}
