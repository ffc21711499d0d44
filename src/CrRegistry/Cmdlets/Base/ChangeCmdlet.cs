using System.Management.Automation;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Base;

/// <summary>The base of the cmdlets that change something: ShouldProcess, and the results of changes.</summary>
/// <typeparam name="TResult">The type of the results.</typeparam>
public abstract class ChangeCmdlet<TResult> : ServiceCmdlet
{
    private readonly List<(string Target, string Action, Action Start)> _changes = [];

    private protected ChangeCmdlet()
    {
    }

    /// <summary>The order of the changes.</summary>
    private protected ChangeOrder Order { get; } = new();

    /// <summary>Returns the result of each change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// Collects a change. It starts when the input has ended: a change shifts the pages of a list that is still being read, and that list may turn out
    /// to be incomplete.
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

    private protected sealed override void EndInput()
    {
        ValidateChanges();
        foreach (var (target, action, start) in _changes)
            if (ShouldProcess(target, action)) start();
    }

    /// <summary>Names each change that was sent and not answered. A cmdlet cannot write when its pipeline has been stopped, but its host can.</summary>
    private protected sealed override void Stopped()
    {
        foreach (var (input, failure) in Jobs.TakeUnknown())
            Host.UI?.WriteWarningLine(FailureRecord.Of(failure, ErrorTable.RuleOf(failure), input.Name, input.Target).ErrorDetails.Message);
    }

    private protected sealed override void Receive(JobInput input, JobMessage message)
    {
        if (message is not RowFound<TResult> result) return;
        NoteResult(result.Row);
        if (PassThru) WriteObject(result.Row);
    }
}
