using System.Diagnostics;
using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Quickstart;

/// <summary>The quickstart without a terminal.</summary>
public sealed class TourTests
{
    [Fact]
    public async Task Plays_the_tour_and_names_the_next_step()
    {
        var (exitCode, output, error) = await RunAsync();
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("PS> @(Get-CrRepoTag team/app -All).Count\n500\n", output);
        Assert.Contains("platform/postgres", output);
        Assert.Contains("WARNING: ", output);
        Assert.EndsWith("\n    dotnet run --project src/CrRegistry.Quickstart -- --prompt\n", output);
        Assert.DoesNotContain("\x1b", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("137")]
    [InlineData("0")]
    public async Task Makes_a_repository_of_so_many_tags(string tags)
    {
        var (exitCode, output, error) = await RunAsync("--tags", tags);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains($"PS> @(Get-CrRepoTag team/app -All).Count\n{tags}\n", output);
    }

    [Fact]
    public async Task Plays_only_the_tour_if_there_is_no_terminal_for_the_prompt()
    {
        var (exitCode, output, error) = await RunAsync("--prompt", "--tags", "1");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.StartsWith("--prompt requires a terminal. ", output);
        Assert.Contains("PS> Disconnect-CrRegistry\n", output);
    }

    [Theory]
    [InlineData("--tags must not be negative.", "--tags", "-1")]
    [InlineData("'x'", "--tags", "x")]
    [InlineData("'--nothing'", "--nothing")]
    public async Task Explains_bad_arguments(string explanation, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(arguments);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(explanation, error);
        Assert.DoesNotContain("PS>", output);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Paths.Quickstart, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Paths.Root,
        };
        // The tests are run with and without it.
        start.Environment.Remove("NO_COLOR");
        using var process = Process.Start(start)!;
        // Standard input stays open: nothing may wait for it.
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }
}
