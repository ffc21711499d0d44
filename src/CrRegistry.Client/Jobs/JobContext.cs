using System.Threading.Channels;
using CrRegistry.Requests;

namespace CrRegistry.Client.Jobs;

/// <summary>The consumer of a job's results, and the limit of requests that it shares with other jobs.</summary>
internal sealed class JobContext
{
    private const int PagesAheadPerRequest = 2;

    private readonly ChannelWriter<JobMessage> _output;
    private readonly SemaphoreSlim _requests;
    private readonly Action _succeeded;

    internal JobContext(ChannelWriter<JobMessage> output, SemaphoreSlim requests, int throttleLimit, Action succeeded)
    {
        _succeeded = succeeded;
        _output = output;
        _requests = requests;
        ThrottleLimit = throttleLimit;
    }

    /// <summary>The number of requests that may be in flight at once.</summary>
    public int ThrottleLimit { get; }

    /// <summary>The number of pages that a listing may request or hold ahead. They keep the requests busy during a slow page.</summary>
    public int PagesAhead => PagesAheadPerRequest * ThrottleLimit;

    /// <summary>True if the consumer shows <see cref="RequestSigned"/>.</summary>
    internal bool ShowsSignedRequests { get; init; }

    /// <summary>True if the consumer shows <see cref="RequestCompleted"/>.</summary>
    internal bool ShowsCompletedRequests { get; init; }

    /// <summary>Returns true for a credential that was not reported yet; null if credentials are not shown.</summary>
    internal Func<CredentialIdentity, bool>? IsNews { get; init; }

    /// <summary>Notes that a request succeeded.</summary>
    internal void Succeeded() => _succeeded();

    /// <summary>Writes a message to the consumer. Waits while too many messages are queued.</summary>
    internal async Task WriteAsync(JobMessage message, CancellationToken cancellationToken) =>
        await _output.WriteAsync(message, cancellationToken).ConfigureAwait(false);

    /// <summary>Waits until the consumer has processed all messages so far.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        var barrier = new Barrier();
        await WriteAsync(barrier, cancellationToken).ConfigureAwait(false);
        using var cancellation = cancellationToken.Register(static state => ((Barrier)state).Cancel(), barrier);
        await barrier.Passed.ConfigureAwait(false);
    }

    /// <summary>Waits for a place among the requests in flight. The caller disposes it when the request has ended.</summary>
    internal async Task<IDisposable> EnterRequestAsync(CancellationToken cancellationToken)
    {
        await _requests.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Place(_requests);
    }

    /// <summary>A message to the queue itself: the consumer has processed everything before it.</summary>
    internal sealed record Barrier : JobMessage
    {
        private readonly TaskCompletionSource<bool> _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Passed => _passed.Task;

        public void Pass() => _passed.TrySetResult(true);

        public void Cancel() => _passed.TrySetCanceled();
    }

    private sealed class Place(SemaphoreSlim requests) : IDisposable
    {
        private SemaphoreSlim? _requests = requests;

        public void Dispose() => Interlocked.Exchange(ref _requests, null)?.Release();
    }
}
