using System.Threading.Channels;
using CrRegistry.Requests;

namespace CrRegistry.Client.Jobs;

/// <summary>
/// Runs jobs in parallel, and returns their messages to one consumer in the order of the jobs. The consumer reads them on its own thread. Workers do
/// not call back.
/// </summary>
internal sealed class OrderedJobQueue<TInput> : IDisposable
{
    /// <summary>The number of queued messages of one job. The job then waits, so that a slow consumer stops the reading.</summary>
    private const int MessagesAhead = 16;

    private readonly Queue<Item> _items = new();
    private readonly CancellationTokenSource _cancellation;
    private readonly SemaphoreSlim _requests;
    private readonly int _throttleLimit;
    private volatile bool _anySuccess;
    private CredentialIdentity? _reported;

    /// <summary>Initializes an empty queue.</summary>
    /// <param name="throttleLimit">The number of requests, and of jobs, that may be in flight at once.</param>
    /// <param name="cancellationToken">Cancels all jobs.</param>
    public OrderedJobQueue(int throttleLimit, CancellationToken cancellationToken)
    {
        _throttleLimit = throttleLimit;
        _requests = new SemaphoreSlim(throttleLimit);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>True if jobs write <see cref="RequestSigned"/>. The default is false.</summary>
    public bool ShowsSignedRequests { get; init; }

    /// <summary>True if jobs write <see cref="RequestCompleted"/> and <see cref="CredentialResolved"/>. The default is false, because each wakes the consumer.</summary>
    public bool ShowsCompletedRequests { get; init; }

    /// <summary>True if any request has succeeded.</summary>
    public bool AnySuccess => _anySuccess;

    /// <summary>True if as many jobs are queued as may run at once. Take events before adding more.</summary>
    public bool IsFull => _items.Count >= _throttleLimit;

    /// <summary>Starts a job.</summary>
    /// <param name="input">The input of the job, which is returned with each of its events.</param>
    /// <param name="job">The job.</param>
    public void Add(TInput input, IJob job)
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
                await job.RunAsync(context, _cancellation.Token).ConfigureAwait(false);
            }
            finally
            {
                channel.Writer.Complete();
            }
        });
        _items.Enqueue(new Item(input, channel.Reader, task));
    }

    /// <summary>Returns the next event: a message of a job, or its end, which has no message and may have a failure.</summary>
    /// <param name="wait">True to wait for one.</param>
    /// <returns>The event; null if none is ready and <paramref name="wait"/> is false, or if all jobs have ended.</returns>
    /// <exception cref="OperationCanceledException">The queue's token was canceled.</exception>
    public (TInput Input, JobMessage? Message, Exception? Failure)? Take(bool wait)
    {
        while (_items.Count > 0)
        {
            _cancellation.Token.ThrowIfCancellationRequested();
            var head = _items.Peek();
            if (head.Messages.TryRead(out var message))
            {
                if (message is not JobContext.Barrier barrier) return (head.Input, message, null);
                barrier.Pass();
            }
            else if (head.Messages.Completion.IsCompleted)
            {
                _items.Dequeue();
                return (head.Input, null, FailureOf(head.Task));
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

    /// <summary>Returns the events that are left, also after the token was canceled, and waits for the end of each job.</summary>
    public IEnumerable<(TInput Input, JobMessage? Message, Exception? Failure)> TakeRest()
    {
        while (_items.Count > 0)
        {
            var head = _items.Peek();
            while (head.Messages.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (head.Messages.TryRead(out var message))
                {
                    if (message is JobContext.Barrier barrier) barrier.Pass();
                    else yield return (head.Input, message, null);
                }
            }

            _items.Dequeue();
            yield return (head.Input, null, FailureOf(head.Task));
        }
    }

    /// <summary>Cancels all jobs.</summary>
    public void Dispose()
    {
        _cancellation.Cancel();
        _items.Clear();
        // Workers that are ending still use the semaphore and the token source. Neither has a handle.
    }

    /// <summary>True if the credential was not reported before. Jobs that run in parallel use one credential, which is reported once.</summary>
    private bool IsNews(CredentialIdentity identity)
    {
        lock (_requests)
        {
            if (_reported?.AccessKeyId == identity.AccessKeyId && _reported.Expiration == identity.Expiration) return false;
            _reported = identity;
            return true;
        }
    }

    private static Exception? FailureOf(Task task)
    {
        // The channel closes a moment before the task ends. WhenAny waits for the task and does not throw its exception.
        Task.WhenAny(task).GetAwaiter().GetResult();
        return task.IsCanceled ? new OperationCanceledException() : task.Exception?.InnerException;
    }

    private sealed record Item(TInput Input, ChannelReader<JobMessage> Messages, Task Task);
}
