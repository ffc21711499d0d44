using CrRegistry.Requests;

namespace CrRegistry.Client.Jobs;

/// <summary>What the consumer of a <see cref="OrderedJobQueue{TInput}"/> takes from it: a message of a piece of work, or its end.</summary>
internal sealed class JobEvent<TInput>
{
    internal JobEvent(TInput input, JobMessage? message, Exception? failure)
    {
        Input = input;
        Message = message;
        Failure = failure;
    }

    /// <summary>What the work was queued for.</summary>
    public TInput Input { get; }

    /// <summary>The message; null where this is the end of the work.</summary>
    public JobMessage? Message { get; }

    /// <summary>Why the work failed; null where it did not, or has not ended.</summary>
    public Exception? Failure { get; }
}
