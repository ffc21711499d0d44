namespace CrRegistry.Shell.Tests.Pester;

/// <summary>The result of one test of the Pester suite.</summary>
public sealed record PesterTest(string Name, string? Failure)
{
    /// <summary>Returns the name, which the runner shows for the test.</summary>
    public override string ToString() => Name;
}
