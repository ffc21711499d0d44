using CrRegistry.Requests;

namespace CrRegistry.Client.Jobs;

/// <summary>Reads something without a request. Its message is <see cref="RowFound{TRow}"/>.</summary>
/// <param name="read">Reads it.</param>
internal sealed class ReadJob<TRow>(Func<CancellationToken, TRow> read) : IJob
{
    public Task RunAsync(JobContext context, CancellationToken cancellationToken) => context.WriteAsync(new RowFound<TRow>(read(cancellationToken)), cancellationToken);
}
