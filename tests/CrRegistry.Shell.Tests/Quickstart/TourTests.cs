using System.Diagnostics;
using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Quickstart;

/// <summary>The quickstart without a terminal.</summary>
public sealed class TourTests
{
    [Fact]
    public async Task Shows_tour_and_next_command()
    {
        var (exitCode, output, error) = await RunAsync();
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("PS> $credential = ", output);
        Assert.Contains("PS> @(Get-CrRepoTag team/app -All).Count\n500\n", output);
        Assert.Contains("platform/postgres", output);
        Assert.Contains("WARNING: ", output);
        Assert.EndsWith("\n    dotnet run --project src/CrRegistry.Quickstart -- --prompt\n", output);
        Assert.DoesNotContain("\x1b", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_restore_and_build()
    {
        // A small project with the options of the quickstart, because a build of the quickstart would change files that other tests use.
        var folder = Directory.CreateTempSubdirectory();
        File.Copy(Path.Join(Paths.Root, "src/CrRegistry.Quickstart/Directory.Build.rsp"), Path.Join(folder.FullName, "Directory.Build.rsp"));
        await File.WriteAllTextAsync(Path.Join(folder.FullName, "Small.csproj"), """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><UseAppHost>false</UseAppHost></PropertyGroup></Project>""");
        await File.WriteAllTextAsync(Path.Join(folder.FullName, "Program.cs"), "System.Console.WriteLine(\"PS>\");");
        var (exitCode, output, error) = await StartAsync("run", "--project", folder.FullName);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches(@"(?s)restore.*Small\.csproj.*Small -> .*Small\.dll\nPS>\n$", output);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("137")]
    [InlineData("0")]
    public async Task Creates_repository_with_number_of_tags(string tags)
    {
        var (exitCode, output, error) = await RunAsync("--tags", tags);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains($"PS> @(Get-CrRepoTag team/app -All).Count\n{tags}\n", output);
        Assert.EndsWith($"\n    dotnet run --project src/CrRegistry.Quickstart -- --prompt --tags {tags}\n", output);
    }

    [Fact]
    public async Task Shows_only_tour_without_terminal()
    {
        var (exitCode, output, error) = await RunAsync("--prompt", "--tags", "1");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.StartsWith("--prompt requires a terminal. ", output);
        Assert.Contains("PS> Disconnect-CrRegistry\n", output);
    }

    [Theory]
    [InlineData("--tags requires a whole number from 0 to 10000000, not '-1'.", "--tags", "-1")]
    [InlineData("--tags requires a whole number from 0 to 10000000, not 'x'.", "--tags", "x")]
    [InlineData("--tags requires a whole number from 0 to 10000000, not '99999999999'.", "--tags", "99999999999")]
    [InlineData("'--nothing'", "--nothing")]
    public async Task Explains_invalid_arguments(string explanation, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(arguments);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(explanation, error);
        Assert.DoesNotContain("PS>", output);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => StartAsync([Paths.Quickstart, .. arguments]);

    private static async Task<(int ExitCode, string Output, string Error)> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Paths.Root,
        };
        // Tests run with and without this variable.
        start.Environment.Remove("NO_COLOR");
        using var process = Process.Start(start)!;
        // Standard input stays open, because the tour must not wait for it.
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }
}
