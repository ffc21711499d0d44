using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Base;

/// <summary>
/// Connects the jobs of the client to the pipeline. Jobs run on other threads; their messages are taken and written here, on the pipeline thread.
/// However the pipeline ends, the jobs end with it.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IJobReceiver, IDisposable
{
    // Created with the object, so that a stop before BeginProcessing is not lost.
    private readonly CancellationTokenSource _stopping = new();
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private JobPump? _jobs;
    private HashSet<string> _specified = [];

    /// <summary>Initializes the cmdlet.</summary>
    private protected AsyncCmdlet()
    {
    }

    /// <summary>The queue of jobs. Add the jobs of an input in <see cref="AddInput"/> or <see cref="EndInput"/>.</summary>
    private protected JobPump Jobs => _jobs ??= new JobPump(EffectiveThrottleLimit, IsWanted("Debug"), IsWanted("Verbose"), this, () => Elapsed, _stopping.Token);

    /// <summary>The time since the pipeline began.</summary>
    private protected TimeSpan Elapsed => _sinceStart.Elapsed;

    /// <summary>True if the parameters contain an input of the pipeline.</summary>
    private protected bool IsInputBound { get; private set; }

    /// <summary>The number of requests that may be in flight at once.</summary>
    private protected abstract int EffectiveThrottleLimit { get; }

    /// <summary>Notes what must not change during the pipeline.</summary>
    private protected abstract void BeginPipeline();

    /// <summary>Rejects invalid parameters, before any request.</summary>
    private protected virtual void BeginInput()
    {
    }

    /// <summary>Adds the jobs of the current input.</summary>
    private protected abstract void AddInput();

    /// <summary>Adds the jobs that need the complete input.</summary>
    private protected virtual void EndInput()
    {
    }

    /// <summary>Writes a result of a job.</summary>
    /// <param name="input">The input of the job.</param>
    /// <param name="message">The result.</param>
    private protected abstract void Receive(JobInput input, JobMessage message);

    /// <summary>Notes that a job has ended, with or without an error.</summary>
    private protected virtual void JobEnded()
    {
    }

    /// <summary>Returns the rule for the failure of a job.</summary>
    private protected virtual ErrorRule RuleOf(CrApiException failure) => ErrorTable.RuleOf(failure);

    /// <summary>Writes a record of progress; null for none.</summary>
    private protected void Show(ProgressRecord? progress)
    {
        if (progress is not null) WriteProgress(progress);
    }

    /// <summary>Writes what concerns all inputs.</summary>
    private protected virtual void Summarize()
    {
    }

    /// <summary>Writes what must not be lost, before an error ends the pipeline.</summary>
    private protected virtual void Ending()
    {
    }

    /// <summary>Notes that the pipeline was stopped, and its jobs were canceled.</summary>
    private protected virtual void Stopped()
    {
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => UnlessStopped(() =>
    {
        _specified = [.. MyInvocation.BoundParameters.Where(parameter => !IsScriptBlock(parameter.Key, parameter.Value)).Select(parameter => parameter.Key)];
        BeginPipeline();
        BeginInput();
    });

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => UnlessStopped(() =>
    {
        IsInputBound = MyInvocation.ExpectingInput;
        Jobs.InputBegins();
        AddInput();
        Jobs.InputEnds();
    });

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => UnlessStopped(() =>
    {
        EndInput();
        _jobs?.Drain();
        Summarize();
    });

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stopping.Cancel();

    /// <summary>Cancels all jobs. PowerShell calls it however the pipeline ends.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _jobs?.Dispose();
        _jobs = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes an error about an input, after the output of the inputs before it.</summary>
    private protected void WriteErrorInTurn(ErrorRecord error)
    {
        Jobs.Drain();
        WriteError(error);
    }

    /// <summary>True if a parameter is specified on the command line. The pipeline binds parameters later.</summary>
    private protected bool IsSpecified(string parameter) => _specified.Contains(parameter);

    /// <summary>Ends the pipeline with an error.</summary>
    private protected void Terminate(ErrorRecord error) => TerminatingError.Throw(this, error);

    /// <summary>True if a stream is shown. -Debug and -Verbose take precedence over the preferences. In Windows PowerShell -Debug means Inquire, which shows it as well.</summary>
    private bool IsWanted(string stream) => MyInvocation.BoundParameters.TryGetValue(stream, out var bound)
        ? bound is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.TryConvertTo(GetVariableValue(stream + "Preference"), out ActionPreference preference)
            && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <summary>True if the argument is a script block. PowerShell calls it for each piped object, and binds the result as it binds a property.</summary>
    private bool IsScriptBlock(string parameter, object? value) => value is not null && GetType().GetProperty(parameter)?.PropertyType.IsInstanceOfType(value) == false;

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
            // Ctrl+C is not an error.
            ended = true;
        }
        finally
        {
            // A reader that has enough (Select-Object -First) ends the pipeline from within a write. Neither StopProcessing nor EndProcessing then runs.
            if (!ended) _stopping.Cancel();
            if (_stopping.IsCancellationRequested) Stopped();
        }
    }

    /// <summary>Asks the user to confirm a change. Part of the text may be from elsewhere. If the host cannot ask, the pipeline ends with an error.</summary>
    private protected new bool ShouldProcess(string target, string action)
    {
        try
        {
            return base.ShouldProcess(SafeText.Of(target), SafeText.Of(action));
        }
        catch (Exception exception) when (exception is InvalidOperationException or HostException or RemoteException or NotSupportedException or NotImplementedException)
        {
            Terminate(FailureRecord.OfArgument($"This host cannot prompt, so an action was not confirmed ({action}, {target}). Use -Confirm:$false to run it without a prompt.", "ConfirmationImpossible", target));
            throw;
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

    void IJobReceiver.WriteTrace(string text) => WriteVerbose(text);

    void IJobReceiver.WriteSignedText(string text) => WriteDebug(text);

    void IJobReceiver.Receive(JobInput input, JobMessage message) => Receive(input, message);

    void IJobReceiver.JobEnded(JobInput input, Exception? failure)
    {
        JobEnded();
        if (failure is not null) Fail(input, failure);
    }

    private void Fail(JobInput input, Exception failure)
    {
        if (failure is not CrApiException apiFailure)
        {
            Terminate(FailureRecord.OfUnexpected(failure, input.Target));
            return;
        }

        var rule = RuleOf(apiFailure);
        var error = FailureRecord.Of(apiFailure, rule, input.Name, input.Target);
        if (rule.Scope == ErrorScope.Item || (rule.Scope == ErrorScope.PipelineUntilSuccess && Jobs.AnySuccess))
        {
            WriteError(error);
            return;
        }

        Ending();
        Terminate(error);
    }
}
