using CrRegistry.Client.Jobs;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>Makes one change. Its messages are <see cref="RowFound{TRow}"/> if a result is requested, and <see cref="ChangeWarning"/>.</summary>
/// <param name="open">Returns the way to the service for the requests of a job.</param>
/// <param name="change">The change.</param>
/// <param name="isFirst">Accepts the lookup of the object. Its result is true if no earlier change is of that object.</param>
internal sealed class ChangeJob<TResult>(Func<JobContext, ApiSession> open, Change<TResult> change, Func<Task<string>, Task<bool>> isFirst) : IJob
    where TResult : class
{
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var session = open(context);
        try
        {
            if (!await isFirst(change.FindAsync(session, cancellationToken)).ConfigureAwait(false))
                throw new CrApiException("The input contains more than one request for this tag. Only the first one was attempted.") { Code = CrErrorCode.ChangedTwice };
            await WriteAsync(await change.MakeAsync(session, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            if (change.Warning is { } warning) await context.WriteAsync(new ChangeWarning(warning), cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException failure) when (!cancellationToken.IsCancellationRequested)
        {
            await WriteAsync(change.ResultOf(failure)).ConfigureAwait(false);
            throw;
        }

        // Not canceled with the pipeline, because a failure without a reply must not be lost.
        async Task WriteAsync(TResult? result)
        {
            if (result is not null) await context.WriteAsync(new RowFound<TResult>(result), CancellationToken.None).ConfigureAwait(false);
        }
    }
}
