using System.Management.Automation;
using CrRegistry.Errors;
using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Base;

/// <summary>The base of the cmdlets that change something: ShouldProcess, and the results of changes.</summary>
/// <typeparam name="TResult">The type of the results.</typeparam>
public abstract class ChangeCmdlet<TResult> : ServiceCmdlet
{
    private readonly HashSet<string> _confirmed = new(StringComparer.Ordinal);
    private readonly List<Action> _changes = [];

    private protected ChangeCmdlet()
    {
    }

    /// <summary>Returns the result of each change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Asks ShouldProcess. Returns false if the change must not be made.</summary>
    /// <param name="target">The object that is changed.</param>
    /// <param name="action">The change.</param>
    /// <param name="key">What identifies the object. Changes are made side by side, so that two changes of one object have no order.</param>
    private protected bool Confirm(string target, string action, string key)
    {
        if (_confirmed.Contains(key))
        {
            WriteErrorInTurn(FailureRecord.OfArgument($"The input specifies two changes of '{target}'. Only the first one is made. Make the other one with a command of its own.", "ChangedTwice", target));
            return false;
        }

        if (!ShouldProcess(SafeText.Of(target), SafeText.Of(action))) return false;
        _confirmed.Add(key);
        return true;
    }

    /// <summary>
    /// Collects a change. It starts when the input has ended: a change shifts the pages of a list that is still being read, and that list may turn out
    /// to be incomplete.
    /// </summary>
    /// <param name="start">Asks for confirmation and adds the job.</param>
    private protected void Collect(Action start) => _changes.Add(start);

    private protected sealed override void EndInput()
    {
        foreach (var start in _changes) start();
    }

    private protected sealed override void Receive(JobInput input, JobMessage message)
    {
        if (message is RowFound<TResult> result) WriteObject(result.Row);
    }
}

/// <summary>The input of a change.</summary>
/// <param name="Name">The name of the object that is changed.</param>
internal sealed record ChangeInput(string Name) : JobInput(Name);
