using CrRegistry.Client.Decoding;
using CrRegistry.Client.Jobs;
using CrRegistry.Requests;

namespace CrRegistry.Client.Transport.Retry;

/// <summary>The result of one attempt of a request, by which the retry rules decide whether there is another one.</summary>
/// <param name="number">The number of the attempt, from 1.</param>
/// <param name="request">The request; null if retries are not reported.</param>
/// <param name="context">The job that reports retries; null if none does.</param>
internal sealed class Attempt(int number, ApiRequest? request = null, JobContext? context = null)
{
    /// <summary>The text that was signed; null if it is not shown.</summary>
    public string? SignedText { get; set; }

    /// <summary>The reply; null if none was received.</summary>
    public ApiReply? Reply { get; set; }

    /// <summary>The ID of the request without secrets; null if the reply has none, or if it is not shown.</summary>
    public string? RequestId { get; set; }

    /// <summary>The failure; null after a success.</summary>
    public CrApiException? Failure { get; private set; }

    /// <summary>The kind of the failure, which decides about another attempt.</summary>
    public FailureKind Kind { get; private set; }

    /// <summary>The wait before the next attempt, which the limiter keeps.</summary>
    public TimeSpan Wait { get; private set; }

    /// <summary>Notes a failure.</summary>
    public void Fail(CrApiException failure, FailureKind kind, TimeSpan wait = default) => (Failure, Kind, Wait) = (failure, kind, wait);

    /// <summary>Rules out another attempt.</summary>
    public void GiveUp() => Kind = FailureKind.Final;

    /// <summary>Reports that there is another attempt.</summary>
    /// <param name="delay">The wait of the retry rule.</param>
    /// <param name="cancellationToken">Cancels the job.</param>
    public async ValueTask ReportRetryAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (context is not null && request is not null)
            await context.WriteAsync(new RequestRetried(request.Operation.Name, request.Parameters, Failure!.Code, delay + Wait, number + 1), cancellationToken).ConfigureAwait(false);
    }
}
