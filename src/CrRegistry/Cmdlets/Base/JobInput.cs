namespace CrRegistry.Cmdlets.Base;

/// <summary>The input of a job. Its messages arrive when the parameters may already contain the next input, which may have other filters.</summary>
/// <param name="Name">The name by which the user specifies the input.</param>
/// <param name="IsChosenByName">True if rows are filtered by name. TotalCount does not count them, and no row is missing.</param>
internal sealed record JobInput(string Name, bool IsChosenByName = false)
{
    /// <summary>The target of an error, with which a script can run the command again.</summary>
    public string Target { get; init; } = Name;

    public override string ToString() => Name;
}
