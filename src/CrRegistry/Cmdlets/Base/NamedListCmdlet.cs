using System.Management.Automation;

namespace CrRegistry.Cmdlets.Base;

/// <summary>The base of the cmdlets that list rows by names, wildcards and IDs.</summary>
/// <typeparam name="TRow">The type of the rows.</typeparam>
public abstract class NamedListCmdlet<TRow> : ListCmdlet<TRow>
{
    private protected NamedListCmdlet(string noun)
        : base(noun)
    {
    }

    /// <summary>Names, wildcards or IDs.</summary>
    public abstract string[]? Name { get; set; }

    /// <summary>The ID of an instance.</summary>
    public abstract string? InstanceId { get; set; }

    /// <summary>The region of the instance.</summary>
    public abstract string? RegionId { get; set; }

    private protected override bool IsChosenByName => SpecifiedNames is not null;

    /// <summary>The names and IDs of the current input; null if it lists all rows.</summary>
    private protected abstract string?[]? SpecifiedNames { get; }

    /// <summary>The values of -Name. It has no value if it is empty.</summary>
    private protected string?[] Names => Name is { Length: > 0 } names ? names : new string?[] { null };

    /// <summary>Returns the error of the current input apart from its names; null if it is valid.</summary>
    private protected virtual ErrorRecord? ValidateInput() => null;

    /// <summary>Returns the error of a name, a wildcard or an ID; null if it is valid.</summary>
    private protected abstract ErrorRecord? ValidateName(string? name);

    /// <summary>Adds the jobs of the current input.</summary>
    /// <param name="names">Its valid names; empty if it lists all rows.</param>
    private protected abstract void AddJobs(string[] names);

    /// <summary>Rejects an input without a service that it can be sent to.</summary>
    private protected virtual void FindService(Action<ErrorRecord> reject) => FindInstance(InstanceId, RegionId, reject);

    private protected sealed override void BeginInput()
    {
        ValidatePaging();
        RejectEmpty(InstanceId, RegionId);
        if (ValidateInput() is { } problem) Terminate(problem);
        if (SpecifiedNames is { } names) ValidNames(names, Terminate);
        if (!MyInvocation.ExpectingInput) FindService(Terminate);
    }

    private protected sealed override void AddInput()
    {
        // An error of a piped item concerns that item only.
        if (ValidateInput() is { } problem)
        {
            WriteErrorInTurn(problem);
            return;
        }

        string[] names = SpecifiedNames is { } specified ? ValidNames(specified, WriteErrorInTurn) : [];
        if (SpecifiedNames is null || names.Length > 0) AddJobs(names);
    }

    private string[] ValidNames(string?[] names, Action<ErrorRecord> reject)
    {
        var valid = new List<string>();
        foreach (var name in names)
        {
            if (ValidateName(name) is { } error) reject(error);
            else valid.Add(name!);
        }

        return [.. valid];
    }
}
