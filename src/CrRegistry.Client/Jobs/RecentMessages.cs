using CrRegistry.Requests;

namespace CrRegistry.Client.Jobs;

/// <summary>
/// Runs jobs for completion at a prompt. A job is canceled within a second, whatever it waits for: a credential, a name server or the service.
/// A job that fails or does not end in time has no message. Messages are remembered for a minute.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class RecentMessages(TimeProvider clock)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(1);

    private readonly Dictionary<object, (long ReceivedAt, JobMessage Message)> _messages = [];

    /// <summary>The time after which a job is canceled. The rest of the second is for what happens before and after it.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMilliseconds(900);

    /// <summary>Starts the time limit, which the jobs for one answer share. The caller disposes it.</summary>
    public CancellationTokenSource StartLimit() => clock.CreateCancellationTokenSource(Limit);

    /// <summary>Returns the remembered message, or else that of a job; null if the job has no message.</summary>
    /// <param name="key">The subject of the message.</param>
    /// <param name="newJob">Returns the job. Its first message of the type is the message.</param>
    /// <param name="limit">Cancels the job.</param>
    public TMessage? Find<TMessage>(object key, Func<IJob> newJob, CancellationToken limit)
        where TMessage : JobMessage
    {
        lock (_messages)
        {
            if (_messages.TryGetValue(key, out var recent) && IsRecent(recent.ReceivedAt)) return recent.Message as TMessage;
        }

        if (Run<TMessage>(newJob(), limit) is not { } message) return null;
        lock (_messages)
        {
            foreach (var old in _messages.Where(entry => !IsRecent(entry.Value.ReceivedAt)).Select(entry => entry.Key).ToList()) _messages.Remove(old);
            _messages[key] = (clock.GetTimestamp(), message);
        }

        return message;
    }

    /// <summary>Returns the first message of a type that a job writes; null if it writes none before it ends.</summary>
    /// <param name="job">The job. It runs on another thread, and is abandoned when it is canceled.</param>
    /// <param name="limit">Cancels the job.</param>
    public static TMessage? Run<TMessage>(IJob job, CancellationToken limit)
        where TMessage : JobMessage
    {
        using var queue = new OrderedJobQueue<IJob>(1, limit);
        try
        {
            queue.Add(job, job);
            while (queue.Take(wait: true) is { } next)
                if (next.Message is TMessage message) return message;
        }
        catch (OperationCanceledException)
        {
            // The limit.
        }

        return null;
    }

    private bool IsRecent(long time) => clock.GetElapsedTime(time) < s_lifetime;
}
