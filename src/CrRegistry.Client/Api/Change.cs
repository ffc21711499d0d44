namespace CrRegistry.Client.Api;

/// <summary>A change by one write operation.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
internal abstract class Change<TResult>
    where TResult : class
{
    /// <summary>A warning about the result, or the reason why no change was needed; null without a warning.</summary>
    public virtual string? Warning => null;

    /// <summary>Finds the object that is changed.</summary>
    /// <param name="session">The way to the service.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>A key of the object, which is the same however a user specifies it.</returns>
    public abstract Task<string> FindAsync(ApiSession session, CancellationToken cancellationToken);

    /// <summary>Makes the change of the object that was found. The transport retries the write only if the service certainly did not execute it.</summary>
    /// <param name="session">The way to the service.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The result; null if none is requested.</returns>
    public abstract Task<TResult?> MakeAsync(ApiSession session, CancellationToken cancellationToken);

    /// <summary>Returns the result of a change that failed; null if it has none.</summary>
    public virtual TResult? ResultOf(CrApiException failure) => null;
}
