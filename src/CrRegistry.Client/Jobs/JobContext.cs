using System.Threading.Channels;
using CrRegistry.Requests;

namespace CrRegistry.Client.Jobs;

/// <summary>What a piece of work is given: the way to its consumer, and the limit of requests that it shares with the work beside it.</summary>
internal sealed class JobContext
{
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

    /// <summary>How many requests may be under way at once.</summary>
    public int ThrottleLimit { get; }

    /// <summary>Whether the consumer wants <see cref="RequestSigned"/>.</summary>
    internal bool ShowsSignedRequests { get; init; }

    /// <summary>Whether the consumer wants <see cref="RequestCompleted"/>.</summary>
    internal bool ShowsCompletedRequests { get; init; }

    /// <summary>True if the consumer has not been told of a credential yet; null if it does not want to be told.</summary>
    internal Func<CredentialIdentity, bool>? IsNews { get; init; }

    /// <summary>To be called when the service has done what a request asked.</summary>
    internal void Succeeded() => _succeeded();

    /// <summary>Hands a message to the consumer; waits while it has too many before it.</summary>
    internal async Task WriteAsync(JobMessage message, CancellationToken cancellationToken) =>
        await _output.WriteAsync(message, cancellationToken).ConfigureAwait(false);

    /// <summary>Waits until the consumer has dealt with all messages so far.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        var barrier = new Barrier();
        await WriteAsync(barrier, cancellationToken).ConfigureAwait(false);
        using var cancellation = cancellationToken.Register(static state => ((Barrier)state).Cancel(), barrier);
        await barrier.Passed.ConfigureAwait(false);
    }

    /// <summary>Waits for a place among the requests under way; disposing the answer gives it back.</summary>
    internal async Task<IDisposable> EnterRequestAsync(CancellationToken cancellationToken)
    {
        await _requests.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Place(_requests);
    }

    /// <summary>A message to the queue itself: the consumer is done with everything before it.</summary>
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
