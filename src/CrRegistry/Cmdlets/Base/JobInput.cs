namespace CrRegistry.Cmdlets.Base;

/// <summary>The input that a job is for.</summary>
/// <param name="Name">The name by which the user specifies the input.</param>
internal abstract record JobInput(string Name)
{
    /// <summary>The target of an error: what a script specifies to run the command again.</summary>
    public string Target { get; init; } = Name;
}
