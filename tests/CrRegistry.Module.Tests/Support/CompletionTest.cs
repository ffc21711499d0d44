using System.Management.Automation;
using System.Reflection;

namespace CrRegistry.Module.Tests.Support;

/// <summary>The base of tests that press Tab. This engine completes no file names, so that Completion.Tests.ps1 tests their absence.</summary>
public abstract class CompletionTest : ModuleTest
{
    private protected string InstanceName => $"emulator-{Emulator.InstanceId[^4..]}";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        RemoveLimit();
    }

    /// <summary>Presses Tab at the end of a line. Nothing may be written.</summary>
    private protected IReadOnlyList<CompletionResult> Complete(string line)
    {
        Session.Set("line", line);
        var screen = Session.Screen;
        var outcome = Session.Run("$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches").AssertNoError();

        Assert.Empty(outcome.Warnings.Concat(outcome.Verbose).Concat(outcome.Debug));
        Assert.Empty(outcome.Progress);
        Assert.Equal(screen, Session.Screen);
        return [.. outcome.Output.Select(item => (CompletionResult)item.BaseObject)];
    }

    private protected string[] Texts(string line) => [.. Complete(line).Select(offered => offered.CompletionText)];

    /// <summary>Removes the time limit of a context, which a busy computer may exceed.</summary>
    /// <param name="context">A command that returns the context.</param>
    private protected void RemoveLimit(string context = "Get-CrContext")
    {
        var connection = Value(Session.Run(context).AssertNoError().Output.Single().BaseObject, "Connection");
        var recent = Value(connection, "Recent");
        recent.GetType().GetProperty("Limit")!.SetValue(recent, Timeout.InfiniteTimeSpan);
    }

    private static object Value(object item, string property) =>
        item.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(item)!;
}
