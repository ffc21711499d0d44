using CrRegistry.Client.Jobs;
using CrRegistry.Requests;

namespace CrRegistry.Client.Transport.Retry;

/// <summary>What came of one try of a request, for the rules that decide whether there is another.</summary>
/// <param name="number">The number of the try, from 1.</param>
/// <param name="request">The request; null if nobody is told of another try.</param>
/// <param name="context">The work that is told; null if nobody is.</param>
internal sealed class Attempt(int number, ApiRequest? request = null, JobContext? context = null)
{
    /// <summary>What was signed; null where nobody wants to see it.</summary>
    public string? SignedText { get; set; }

    /// <summary>The ID of the request, as it may be shown; null if the reply has none, or nobody wants to see it.</summary>
    public string? RequestId { get; set; }

    /// <summary>Why it failed; null where it did not.</summary>
    public CrApiException? Failure { get; private set; }

    /// <summary>What the failure means for the next try.</summary>
    public FailureKind Kind { get; private set; }

    /// <summary>How long the service is left alone before the next try: the limiter sees to that.</summary>
    public TimeSpan Wait { get; private set; }

    /// <summary>Notes a failure.</summary>
    public void Fail(CrApiException failure, FailureKind kind, TimeSpan wait = default) => (Failure, Kind, Wait) = (failure, kind, wait);

    /// <summary>Rules out another try.</summary>
    public void GiveUp() => Kind = FailureKind.Final;

    /// <summary>Says that there is another try.</summary>
    /// <param name="delay">How long the retry itself waits before it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask TellOfRetryAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (context is not null && request is not null)
            await context.WriteAsync(new RequestRetried(request.Action, request.Parameters, Failure!.Code, delay + Wait, number + 1), cancellationToken).ConfigureAwait(false);
    }
}
