namespace CrRegistry.Client.Work;

/// <summary>What the consumer of a <see cref="OrderedWork"/> takes from it: a message of a piece of work, or its end.</summary>
internal sealed class WorkEvent
{
    internal WorkEvent(object subject, object? message, Exception? failure)
    {
        Subject = subject;
        Message = message;
        Failure = failure;
    }

    /// <summary>What the work was queued for.</summary>
    public object Subject { get; }

    /// <summary>The message; null where this is the end of the work.</summary>
    public object? Message { get; }

    /// <summary>Why the work failed; null where it did not, or has not ended.</summary>
    public Exception? Failure { get; }
}
