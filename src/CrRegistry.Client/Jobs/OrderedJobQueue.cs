using System.Threading.Channels;
using CrRegistry.Requests;

namespace CrRegistry.Client.Jobs;

/// <summary>
/// Runs pieces of work side by side and gives their messages to one consumer in the order in which the work was queued.
/// The consumer's own thread takes them: nothing here calls back from a worker.
/// </summary>
internal sealed class OrderedJobQueue<TInput> : IDisposable
{
    /// <summary>Messages that one piece of work may have waiting: it sleeps beyond that, so a slow consumer stops the reading.</summary>
    private const int MessagesAhead = 16;

    private readonly Queue<Item> _items = new();
    private readonly CancellationTokenSource _cancellation;
    private readonly SemaphoreSlim _requests;
    private readonly int _throttleLimit;
    private volatile bool _anySuccess;
    private CredentialIdentity? _toldOf;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="throttleLimit">How many requests may be under way at once, and how many pieces of work.</param>
    /// <param name="cancellationToken">Ends all work.</param>
    public OrderedJobQueue(int throttleLimit, CancellationToken cancellationToken)
    {
        _throttleLimit = throttleLimit;
        _requests = new SemaphoreSlim(throttleLimit);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Whether the work also says what it signed, as <see cref="RequestSigned"/>; false by default, and then costs nothing.</summary>
    public bool ShowsSignedRequests { get; init; }

    /// <summary>Whether the work also says what was answered, as <see cref="RequestCompleted"/>, and who signs, as <see cref="CredentialResolved"/>; false by default: each would wake the consumer once more.</summary>
    public bool ShowsCompletedRequests { get; init; }

    /// <summary>Whether the service has done what any request asked.</summary>
    public bool AnySuccess => _anySuccess;

    /// <summary>Whether as many pieces of work are queued as may run at once: take before adding more.</summary>
    public bool IsFull => _items.Count >= _throttleLimit;

    /// <summary>Starts a piece of work.</summary>
    /// <param name="input">What it is for: comes back with each of its events.</param>
    /// <param name="work">The work.</param>
    public void Add(TInput input, IJob work)
    {
        var channel = Channel.CreateBounded<JobMessage>(new BoundedChannelOptions(MessagesAhead) { SingleReader = true });
        var context = new JobContext(channel.Writer, _requests, _throttleLimit, () => _anySuccess = true)
        {
            ShowsSignedRequests = ShowsSignedRequests,
            ShowsCompletedRequests = ShowsCompletedRequests,
            IsNews = ShowsCompletedRequests ? IsNews : null,
        };
        var task = Task.Run(async () =>
        {
            try
            {
                await work.RunAsync(context, _cancellation.Token).ConfigureAwait(false);
            }
            finally
            {
                channel.Writer.Complete();
            }
        });
        _items.Enqueue(new Item(input, channel.Reader, task));
    }

    /// <summary>Takes the next event.</summary>
    /// <param name="wait">Whether to wait until there is one.</param>
    /// <returns>The event; null where none is ready and <paramref name="wait"/> is false, or where all work has ended.</returns>
    /// <exception cref="OperationCanceledException">The queue's token was cancelled.</exception>
    public JobEvent<TInput>? Take(bool wait)
    {
        while (_items.Count > 0)
        {
            _cancellation.Token.ThrowIfCancellationRequested();
            var head = _items.Peek();
            if (head.Messages.TryRead(out var message))
            {
                if (message is not JobContext.Barrier barrier) return new JobEvent<TInput>(head.Input, message, null);
                barrier.Pass();
            }
            else if (head.Messages.Completion.IsCompleted)
            {
                _items.Dequeue();
                return new JobEvent<TInput>(head.Input, null, FailureOf(head.Task));
            }
            else if (wait)
            {
                head.Messages.WaitToReadAsync(_cancellation.Token).AsTask().GetAwaiter().GetResult();
            }
            else
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Ends all work that is still under way.</summary>
    public void Dispose()
    {
        _cancellation.Cancel();
        _items.Clear();
        // The semaphore and the token's source stay for workers that are on their way out; neither holds a handle.
    }

    /// <summary>Work that runs side by side uses one credential, of which the consumer is told once.</summary>
    private bool IsNews(CredentialIdentity identity)
    {
        lock (_requests)
        {
            if (_toldOf?.AccessKeyId == identity.AccessKeyId && _toldOf.Expiration == identity.Expiration) return false;
            _toldOf = identity;
            return true;
        }
    }

    private static Exception? FailureOf(Task task)
    {
        // The channel closes a moment before the task ends. WhenAny waits for it without throwing what it threw.
        Task.WhenAny(task).GetAwaiter().GetResult();
        return task.IsCanceled ? new OperationCanceledException() : task.Exception?.InnerException;
    }

    private sealed record Item(TInput Input, ChannelReader<JobMessage> Messages, Task Task);
}
