using System.Globalization;
using CrRegistry.Client.Jobs;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Base;

/// <summary>
/// Dispatches job messages to the cmdlet on the pipeline thread. It separates the cmdlets from the client. No field or signature of a cmdlet may
/// contain a type of the client, because the import must not load it.
/// </summary>
/// <param name="throttleLimit">The number of requests, and of jobs, that may be in flight at once.</param>
/// <param name="showsSignedRequests">True if signed text is shown.</param>
/// <param name="showsCompletedRequests">True if completed requests are shown.</param>
/// <param name="receiver">The cmdlet.</param>
/// <param name="elapsed">The time since the pipeline began.</param>
/// <param name="cancellationToken">Cancels all jobs.</param>
internal sealed class JobPump(
    int throttleLimit, bool showsSignedRequests, bool showsCompletedRequests, IJobReceiver receiver, Func<TimeSpan> elapsed, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>The pause of the input after which a person may be waiting. Everything is then written before the next input is awaited.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly OrderedJobQueue<JobInput> _queue = new(throttleLimit, cancellationToken) { ShowsSignedRequests = showsSignedRequests, ShowsCompletedRequests = showsCompletedRequests };
    private TimeSpan? _lastInput;
    private bool _isSomebodyWaiting;

    /// <summary>True if any request has succeeded.</summary>
    public bool AnySuccess => _queue.AnySuccess;

    /// <summary>Notes that an input has arrived. Call it before its jobs are added.</summary>
    public void InputBegins() => _isSomebodyWaiting = _lastInput is not { } last || elapsed() - last > s_pause;

    /// <summary>Starts a job as soon as there is room for it.</summary>
    public void Add(JobInput input, IJob job)
    {
        while (_queue.IsFull && Next(wait: true))
        {
        }

        _queue.Add(input, job);
    }

    /// <summary>Notes that the jobs of an input have been added. Writes what is ready, or everything if somebody may be waiting for it.</summary>
    public void InputEnds()
    {
        while (Next(_isSomebodyWaiting))
        {
        }

        _lastInput = elapsed();
    }

    /// <summary>Writes everything that is left.</summary>
    public void Drain()
    {
        while (Next(wait: true))
        {
        }
    }

    /// <summary>Waits until the jobs that have started have ended, and returns the events that were not dispatched. The message is null for the end of a job.</summary>
    public IEnumerable<(JobInput Input, JobMessage? Message, Exception? Failure)> TakeRest() => _queue.TakeRest();

    public void Dispose() => _queue.Dispose();

    private bool Next(bool wait)
    {
        if (_queue.Take(wait) is not { } next) return false;
        switch (next.Message)
        {
            case RequestCompleted request: receiver.WriteTrace(Describe(request)); break;
            case RequestSigned signed: receiver.WriteSignedText($"{signed.Action}, as it was signed:\n{signed.Text}"); break;
            case RequestRetried retry: receiver.WriteTrace(Describe(retry)); break;
            case CredentialResolved resolved: receiver.WriteTrace(Describe(resolved.Identity)); break;
            case ListingReread reread: receiver.WriteTrace($"'{next.Input.Name}' is read again. {reread.Reason}"); break;
            case { } message: receiver.Receive(next.Input, message); break;
            default: receiver.JobEnded(next.Input, next.Failure); break;
        }

        return true;
    }

    private static string Describe(RequestCompleted request) => string.Format(
        CultureInfo.InvariantCulture,
        "{0}: {1:0} ms, HTTP {2}, RequestId {3}",
        Name(request.Action, request.Parameters),
        request.Elapsed.TotalMilliseconds,
        request.HttpStatus,
        request.RequestId ?? "none");

    private static string Describe(RequestRetried retry) => string.Format(
        CultureInfo.InvariantCulture,
        "{0}: {1}, attempt {2} in {3:0} ms",
        Name(retry.Action, retry.Parameters),
        retry.Code,
        retry.Number,
        retry.Delay.TotalMilliseconds);

    private static string Describe(CredentialIdentity identity)
    {
        var expiration = identity.Expiration is { } time ? FormattableString.Invariant($" It expires at {time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.") : "";
        var passedOver = identity.PassedOver.Count > 0 ? $" Configured but not used: {string.Join(", ", identity.PassedOver)}." : "";
        return $"Requests are signed with the AccessKey ID '{identity.AccessKeyId}' (source: {identity.Origin}).{expiration}{passedOver}";
    }

    private static string Name(string action, IReadOnlyDictionary<string, string> parameters) =>
        parameters.TryGetValue("PageNo", out var pageNo) ? $"{action} page {pageNo}" : action;
}
