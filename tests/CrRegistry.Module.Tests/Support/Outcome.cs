using System.Management.Automation;

namespace CrRegistry.Module.Tests.Support;

/// <summary>The output of a script, stream by stream.</summary>
internal sealed record Outcome(
    IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Warnings, IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress, ErrorRecord? Terminating)
{
    public IReadOnlyList<string> Debug { get; init; } = [];

    public IReadOnlyList<string> Texts => [.. Output.Select(item => item.ToString())];

    public Outcome AssertNoError()
    {
        Assert.Null(Terminating?.ToString());
        Assert.Empty(Errors);
        return this;
    }

    /// <summary>The only error, terminating or not.</summary>
    public ErrorRecord Error => Terminating ?? Assert.Single(Errors);
}
