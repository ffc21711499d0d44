using System.Diagnostics;
using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Documents;

/// <summary>The commands of the README for any shell. A test runs each.</summary>
public sealed class CommandTests
{
    // The test of each command. A new command in the README needs a test and a line here.
    private static readonly Dictionary<string, string> s_tests = new()
    {
        ["dotnet run --project src/CrRegistry.Quickstart"] = nameof(Quickstart.TourTests),
        ["dotnet test CrRegistry.sln"] = "the run of these tests",
        ["dotnet run --project src/CrRegistry.Quickstart -- --prompt"] = "PromptTests",
        ["dotnet tool restore"] = "build.ps1, which the tests of the package run",
        ["dotnet pwsh ./build.ps1 -Task Build, Package -Configuration Release"] = nameof(Packaging.Package),
        ["dotnet run --project src/CrRegistry.Emulator"] = nameof(Emulator_prints_connect_command),
        ["dotnet run --project src/CrRegistry.Emulator -- --seed /home/me/tags.json"] = nameof(RecipeTests.Rehearsal_removes_the_same_tags_as_the_clean_up_and_none_of_the_real_registry),
    };

    [Fact]
    public void Each_command_has_a_test() =>
        Assert.Equal(s_tests.Keys.Order(StringComparer.Ordinal), Readme.Blocks(Readme.Text, "shell").SelectMany(block => block.TrimEnd().Split('\n')).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Emulator_prints_connect_command()
    {
        var start = new ProcessStartInfo("dotnet", ["run", "--no-build", "--configuration", Paths.Configuration, "--project", "src/CrRegistry.Emulator"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Paths.Root,
        };
        using var emulator = Process.Start(start)!;
        try
        {
            var line = "";
            while (!line.StartsWith("Connect-CrRegistry ", StringComparison.Ordinal)) line = await emulator.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The emulator ended.");
            var run = await PowerShellRun.WithModuleAsync($"{line}\n@(Get-CrRepository -All).Count\n@(Get-CrRepoTag team/app -All).Count");
            Assert.Equal("12\n500\n", run.Succeeded());
        }
        finally
        {
            emulator.Kill(entireProcessTree: true);
        }
    }
}
