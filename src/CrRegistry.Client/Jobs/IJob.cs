namespace CrRegistry.Client.Jobs;

/// <summary>One piece of work that a pipeline waits for: for example the listing of one repository.</summary>
internal interface IJob
{
    /// <summary>Does the work on a worker thread and hands what it finds to the context, in order.</summary>
    /// <param name="context">Where results go and requests are counted.</param>
    /// <param name="cancellationToken">Ends the work, when nobody wants its results any more.</param>
    /// <returns>A task that ends with the work.</returns>
    Task RunAsync(JobContext context, CancellationToken cancellationToken);
}
