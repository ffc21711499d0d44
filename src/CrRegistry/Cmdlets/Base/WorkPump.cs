using System.Globalization;
using CrRegistry.Client.Credentials;
using CrRegistry.Client.Paging;
using CrRegistry.Client.Work;

namespace CrRegistry.Cmdlets.Base;

/// <summary>
/// Takes what the work of a pipeline says, and decides when. It stands between a cmdlet and the client,
/// so that no cmdlet names a type of the client's: importing the module must not load it.
/// </summary>
/// <param name="throttleLimit">How many requests, and how many pieces of work, may be under way at once.</param>
/// <param name="showsSignedRequests">Whether somebody wants to see what is signed.</param>
/// <param name="showsCompletedRequests">Whether somebody wants to see what is answered.</param>
/// <param name="receiver">Who writes what the work says.</param>
/// <param name="elapsed">The time since the pipeline began.</param>
/// <param name="cancellationToken">Ends all work.</param>
internal sealed class WorkPump(
    int throttleLimit, bool showsSignedRequests, bool showsCompletedRequests, IWorkReceiver receiver, Func<TimeSpan> elapsed, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>An upstream that sleeps longer than this may be a person: then everything is written out before the next input is awaited.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly OrderedWork _work = new(throttleLimit, cancellationToken) { ShowsSignedRequests = showsSignedRequests, ShowsCompletedRequests = showsCompletedRequests };
    private TimeSpan? _lastInput;
    private bool _somebodyWaits;

    /// <summary>Whether the service has done what any request asked.</summary>
    public bool AnySuccess => _work.AnySuccess;

    /// <summary>To be called when an input comes, before its work is added.</summary>
    public void InputBegins() => _somebodyWaits = _lastInput is not { } last || elapsed() - last > s_pause;

    /// <summary>Starts a piece of work, as soon as there is room for it.</summary>
    public void Add(object subject, IWork work)
    {
        while (_work.IsFull && Next(wait: true))
        {
        }

        _work.Add(subject, work);
    }

    /// <summary>To be called when the work of an input has been added: gives what is ready, or everything where somebody may be waiting for it.</summary>
    public void InputEnds()
    {
        while (Next(_somebodyWaits))
        {
        }

        _lastInput = elapsed();
    }

    /// <summary>Gives everything that is left.</summary>
    public void Drain()
    {
        while (Next(wait: true))
        {
        }
    }

    public void Dispose() => _work.Dispose();

    private bool Next(bool wait)
    {
        if (_work.Take(wait) is not { } next) return false;
        if (next.Message is RequestCompleted request) receiver.RequestCompleted(Describe(request));
        else if (next.Message is RequestSigned signed) receiver.RequestSigned($"{signed.Action}, as it was signed:\n{signed.Text}");
        else if (next.Message is RequestRetried retry) receiver.Remark(Describe(retry));
        else if (next.Message is CredentialResolved resolved) receiver.Remark(Describe(resolved.Identity));
        else if (next.Message is ListingReread reread) receiver.Remark($"'{next.Subject}' is read again. {reread.Reason}");
        else if (next.Message is { } message) receiver.Receive(next.Subject, message);
        else receiver.WorkEnded(next.Subject, next.Failure);
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
        "{0}: {1}, try {2} in {3:0} ms",
        Name(retry.Action, retry.Parameters),
        retry.Code,
        retry.Number,
        retry.Delay.TotalMilliseconds);

    private static string Describe(CredentialIdentity identity)
    {
        var expiration = identity.Expiration is { } time ? FormattableString.Invariant($" It expires at {time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.") : "";
        var passedOver = identity.PassedOver.Count > 0 ? $" Passed over: {string.Join(", ", identity.PassedOver)}." : "";
        return $"Requests are signed with the AccessKey ID '{identity.AccessKeyId}' from {identity.Origin}.{expiration}{passedOver}";
    }

    private static string Name(string action, IReadOnlyDictionary<string, string> parameters) =>
        parameters.TryGetValue("PageNo", out var pageNo) ? $"{action} page {pageNo}" : action;
}
