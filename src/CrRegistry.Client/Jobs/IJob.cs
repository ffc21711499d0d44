namespace CrRegistry.Client.Jobs;

/// <summary>A job of a pipeline, for example the listing of one repository.</summary>
internal interface IJob
{
    /// <summary>Runs the job on a worker thread, and writes its results to the context in order.</summary>
    /// <param name="context">The consumer of the results, and the limit of requests.</param>
    /// <param name="cancellationToken">Cancels the job.</param>
    /// <returns>A task that ends with the job.</returns>
    Task RunAsync(JobContext context, CancellationToken cancellationToken);
}
