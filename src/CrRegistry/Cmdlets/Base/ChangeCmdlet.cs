using System.Management.Automation;
using CrRegistry.Cmdlets.Listing;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Base;

/// <summary>The base of the cmdlets that change something: ShouldProcess, and the results of changes.</summary>
/// <typeparam name="TResult">The type of the results.</typeparam>
public abstract class ChangeCmdlet<TResult> : ServiceCmdlet
{
    private readonly List<(string Target, string Action, Action Start)> _changes = [];
    private readonly ListingProgress _progress;
    private TimeSpan _start;

    /// <summary>The last change whose result was returned, or need not be.</summary>
    private JobInput? _returned;

    /// <summary>The result that was not returned because the pipeline was stopped.</summary>
    private (JobInput Input, TResult Row)? _notReturned;

    /// <summary>Initializes the cmdlet.</summary>
    /// <param name="activity">The activity that the progress shows.</param>
    private protected ChangeCmdlet(string activity) => _progress = new ListingProgress("tags", () => Elapsed - _start, activity);

    /// <summary>The number of changes that are confirmed, or that the user has not been asked about yet.</summary>
    private protected int Total { get; private set; }

    /// <summary>The order of the changes.</summary>
    private protected ChangeOrder Order { get; } = new();

    /// <summary>Returns the result of each change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// Collects a change. It starts when the input has ended, because a change shifts the pages of a list that is still being read. That list may also
    /// turn out to be incomplete.
    /// </summary>
    /// <param name="target">The object that is changed, as ShouldProcess shows it.</param>
    /// <param name="action">The change, as ShouldProcess shows it.</param>
    /// <param name="start">Adds the job of the change.</param>
    private protected void Collect(string target, string action, Action start) => _changes.Add((target, action, start));

    /// <summary>Rejects the collected changes, before the first one starts.</summary>
    private protected virtual void ValidateChanges()
    {
    }

    /// <summary>Notes a result.</summary>
    private protected virtual void NoteResult(TResult result)
    {
    }

    /// <summary>Returns the warning about a change that was made and whose result was not returned; null for none.</summary>
    /// <param name="result">The result; null if none was requested.</param>
    private protected virtual string? NotReturned(TResult? result) => "The change was made before the command stopped.";

    private protected sealed override void EndInput()
    {
        ValidateChanges();
        (_start, Total) = (Elapsed, _changes.Count);
        foreach (var (target, action, start) in _changes)
        {
            if (ShouldProcess(target, action)) start();
            else Total--;
        }
    }

    private protected override void JobEnded() => Show(_progress.Next(string.Empty, 1, Total));

    private protected override void Summarize() => Show(_progress.End());

    private protected sealed override void Ending()
    {
        foreach (var (input, message, failure) in Jobs.TakeRest())
        {
            if (message is not null) Receive(input, message);
            else if (MayHaveChanged(failure) is { } unreported) WriteError(RecordOf(input, unreported));
        }
    }

    /// <summary>
    /// Names each change that was sent and has no reply, and each that was made and whose result was not returned. A cmdlet cannot write when its
    /// pipeline has been stopped, but its host can.
    /// </summary>
    private protected sealed override void Stopped()
    {
        if (_notReturned is { } interrupted) Warn(interrupted.Input, NotReturned(interrupted.Row));
        TResult? result = default;
        foreach (var (input, message, failure) in Jobs.TakeRest())
        {
            if (message is RowFound<TResult> found) result = found.Row;
            if (message is not null) continue;
            if (MayHaveChanged(failure) is { } unreported) Host.UI?.WriteWarningLine(RecordOf(input, unreported).ErrorDetails.Message);
            else if (failure is null && !ReferenceEquals(input, _returned)) Warn(input, NotReturned(result));
            result = default;
        }
    }

    private protected sealed override void Receive(JobInput input, JobMessage message)
    {
        if (message is ChangeWarning warning) WriteWarning($"{input.Name}: {warning.Text}");
        if (message is not RowFound<TResult> result) return;
        NoteResult(result.Row);
        _returned = input;
        if (!PassThru) return;
        _progress.PageBegins();
        try
        {
            WriteObject(result.Row);
        }
        catch (PipelineStoppedException) when (Stopping)
        {
            // Otherwise a reader, such as Select-Object -First, has taken the result and wants no more.
            _notReturned = (input, result.Row);
            throw;
        }

        Show(_progress.RowWritten());
    }

    /// <summary>Returns a failure after which the change has been made, or may have been; null for any other.</summary>
    private static CrApiException? MayHaveChanged(Exception? failure) => failure is CrApiException known && (known.IsOutcomeUnknown || known.IsAfterChange) ? known : null;

    private ErrorRecord RecordOf(JobInput input, CrApiException failure) => FailureRecord.Of(failure, RuleOf(failure), input.Name, input.Target);

    private void Warn(JobInput input, string? text)
    {
        if (text is not null) Host.UI?.WriteWarningLine(SafeText.Of($"{input.Name}: {text}"));
    }
}
