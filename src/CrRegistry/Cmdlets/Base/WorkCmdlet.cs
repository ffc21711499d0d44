using System.Diagnostics;
using System.Management.Automation;
using CrRegistry.Client.Work;
using CrRegistry.Errors;

namespace CrRegistry.Cmdlets.Base;

/// <summary>
/// Bridges the client's workers to the pipeline. Work runs on other threads; all that it says is taken and written here,
/// on the pipeline's own thread. However the pipeline ends, the work ends with it.
/// </summary>
public abstract class WorkCmdlet : PSCmdlet, IWorkReceiver, IDisposable
{
    // Made with the object: a stop that comes before BeginProcessing must not be lost.
    private readonly CancellationTokenSource _stopping = new();
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private WorkPump? _pump;

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
        _pump ??= new WorkPump(EffectiveThrottleLimit, IsWanted("Debug"), IsWanted("Verbose"), this, () => _sinceStart.Elapsed, _stopping.Token);
        _pump.InputBegins();
        AddInput();
        _pump.InputEnds();
    });

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => UnlessStopped(() =>
    {
        _pump?.Drain();
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
    /// <param name="subject">What it is for: comes back with all that it says.</param>
    /// <param name="work">The client's work, as an object: see <see cref="WorkPump"/>.</param>
    private protected void Queue(object subject, object work) => _pump!.Add(subject, (IWork)work);

    /// <summary>Writes what is wrong with an input, behind all that comes of the inputs before it.</summary>
    private protected void WriteErrorInTurn(ErrorRecord error)
    {
        _pump!.Drain();
        WriteError(error);
    }

    /// <summary>Ends the pipeline with an error.</summary>
    private protected void Terminate(ErrorRecord error)
    {
        // ThrowTerminatingError ends the statement, but not a script, when the cmdlet was given -ErrorAction Stop. WriteError then does.
        if (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var action) && action is ActionPreference.Stop) WriteError(error);
        ThrowTerminatingError(error);
    }

    /// <summary>Whether anybody sees a stream: -Debug and -Verbose go before the preferences. In Windows PowerShell -Debug means Inquire, which sees it, too.</summary>
    private bool IsWanted(string stream) => MyInvocation.BoundParameters.TryGetValue(stream, out var bound)
        ? bound is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.TryConvertTo(GetVariableValue(stream + "Preference"), out ActionPreference preference)
            && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

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

    /// <summary>Writes a warning. Part of it may be text of the service.</summary>
    private protected new void WriteWarning(string text) => base.WriteWarning(SafeText.Of(text));

    /// <summary>Writes a verbose message. Part of it may be text of the service.</summary>
    private protected new void WriteVerbose(string text) => base.WriteVerbose(SafeText.Of(text));

    /// <summary>Writes progress. Part of it may be text from elsewhere.</summary>
    private protected new void WriteProgress(ProgressRecord progress)
    {
        (progress.Activity, progress.StatusDescription) = (SafeText.Of(progress.Activity), SafeText.Of(progress.StatusDescription));
        base.WriteProgress(progress);
    }

    /// <summary>Writes a debug message of several lines.</summary>
    private protected new void WriteDebug(string text) => base.WriteDebug(string.Join("\n", text.Split('\n').Select(SafeText.Of)));

    void IWorkReceiver.RequestCompleted(string description) => WriteVerbose(description);

    void IWorkReceiver.RequestSigned(string description) => WriteDebug(description);

    void IWorkReceiver.Remark(string description) => WriteVerbose(description);

    void IWorkReceiver.Receive(object subject, object message) => Receive(subject, message);

    void IWorkReceiver.WorkEnded(object subject, Exception? failure)
    {
        WorkEnded(subject);
        if (failure is not null) Fail(subject, failure);
    }

    private void Fail(object subject, Exception failure)
    {
        if (failure is not CrApiException apiFailure)
        {
            Terminate(FailureRecord.OfUnexpected(failure, subject.ToString()));
            return;
        }

        var rule = ErrorTable.RuleOf(apiFailure);
        var error = FailureRecord.Of(apiFailure, rule, subject.ToString());
        if (rule.Reach == ErrorReach.Pipeline || (rule.Reach == ErrorReach.PipelineUntilSuccess && !_pump!.AnySuccess)) Terminate(error);
        else WriteError(error);
    }
}
