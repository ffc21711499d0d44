namespace CrRegistry.Cmdlets.Base;

/// <summary>The input that a job is for.</summary>
/// <param name="Name">The name by which the user specifies the input.</param>
internal abstract record JobInput(string Name)
{
    /// <summary>The target of an error, with which a script can run the command again.</summary>
    public string Target { get; init; } = Name;
}
