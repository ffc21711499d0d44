using System.Globalization;
using System.Management.Automation;
using CrRegistry.Client.Work;
using CrRegistry.Errors;

namespace CrRegistry.Cmdlets.Base;

/// <summary>
/// Bridges the client's workers to the pipeline. Work runs on other threads; all that it says is taken and written here,
/// on the pipeline's own thread. However the pipeline ends, the work ends with it.
/// </summary>
public abstract class WorkCmdlet : PSCmdlet, IDisposable
{
    // Made with the object: a stop that comes before BeginProcessing must not be lost.
    private readonly CancellationTokenSource _stopping = new();
    private WorkPump? _pump;
    private bool _anySuccess;

    /// <summary>Makes the cmdlet.</summary>
    private protected WorkCmdlet()
    {
    }

    /// <summary>Queues the work of one input, by <see cref="Queue"/>.</summary>
    private protected abstract void AddInput();

    /// <summary>Writes one message of a piece of work.</summary>
    /// <param name="subject">What the work was queued for.</param>
    /// <param name="message">The message.</param>
    private protected abstract void Receive(object subject, object message);

    /// <summary>Says what is to be said when a piece of work has ended, well or not.</summary>
    /// <param name="subject">What the work was queued for.</param>
    private protected virtual void WorkEnded(object subject)
    {
    }

    /// <summary>Says what is to be said when the pipeline ends.</summary>
    private protected virtual void Summarize()
    {
    }

    /// <summary>How many requests may be under way at once.</summary>
    private protected abstract int EffectiveThrottleLimit { get; }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => UnlessStopped(() =>
    {
        _pump ??= new WorkPump(EffectiveThrottleLimit, _stopping.Token);
        AddInput();
        Handle(_pump.AfterInput());
        _pump.InputEnded();
    });

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => UnlessStopped(() =>
    {
        if (_pump is not null) Handle(_pump.UntilEnd());
        Summarize();
    });

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stopping.Cancel();

    /// <summary>Ends all work. PowerShell calls it however the pipeline ends.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _pump?.Dispose();
        _pump = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a piece of work, as soon as there is room for it.</summary>
    private protected void Queue(object subject, IWork work)
    {
        Handle(_pump!.UntilRoom());
        _pump!.Add(subject, work);
    }

    /// <summary>Ends the pipeline with an error.</summary>
    private protected void Terminate(ErrorRecord error)
    {
        // ThrowTerminatingError ends the statement, but not a script, when the cmdlet was given -ErrorAction Stop. WriteError then does.
        if (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var action) && action is ActionPreference.Stop) WriteError(error);
        ThrowTerminatingError(error);
    }

    private void UnlessStopped(Action action)
    {
        var ended = false;
        try
        {
            action();
            ended = true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Ctrl+C is no error.
            ended = true;
        }
        finally
        {
            // A reader that has enough (Select-Object -First) ends the pipeline from within a write: neither StopProcessing nor EndProcessing runs then.
            if (!ended) _stopping.Cancel();
        }
    }

    private void Handle(IEnumerable<WorkEvent> events)
    {
        foreach (var next in events)
        {
            if (next.Message is RequestCompleted request)
            {
                _anySuccess |= request.IsSuccess;
                WriteVerbose(Describe(request));
            }
            else if (next.Message is { } message)
            {
                Receive(next.Subject, message);
            }
            else
            {
                WorkEnded(next.Subject);
                if (next.Failure is { } failure) Fail(next.Subject, failure);
            }
        }
    }

    private void Fail(object subject, Exception failure)
    {
        if (failure is not CrApiException apiFailure)
        {
            Terminate(new ErrorRecord(failure, "UnexpectedFailure", ErrorCategory.NotSpecified, subject));
            return;
        }

        var rule = ErrorTable.RuleOf(apiFailure);
        var error = FailureRecord.Of(apiFailure, rule, subject);
        if (rule.Reach == ErrorReach.Pipeline || (rule.Reach == ErrorReach.PipelineUntilSuccess && !_anySuccess)) Terminate(error);
        else WriteError(error);
    }

    private static string Describe(RequestCompleted request) => string.Format(
        CultureInfo.InvariantCulture,
        "{0}{1}: {2:0} ms, HTTP {3}, RequestId {4}",
        request.Action,
        request.Parameters.TryGetValue("PageNo", out var pageNo) ? " page " + pageNo : string.Empty,
        request.Elapsed.TotalMilliseconds,
        request.HttpStatus,
        request.RequestId ?? "none");
}
