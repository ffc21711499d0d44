namespace CrRegistry.Cmdlets.Base;

/// <summary>The input that a job is for.</summary>
/// <param name="Name">The name by which the user specifies the input.</param>
internal abstract record JobInput(string Name);
