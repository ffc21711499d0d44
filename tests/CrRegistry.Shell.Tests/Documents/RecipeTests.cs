using System.Text.RegularExpressions;
using CrRegistry.Emulator;
using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Documents;

/// <summary>The recipes of the README, run on the emulator. Each must return rows there.</summary>
public sealed partial class RecipeTests : IAsyncLifetime
{
    private EmulatorServer _emulator = null!;

    public static TheoryData<string> Headings => [.. Recipes().Select(recipe => recipe.Heading)];

    public async Task InitializeAsync() => _emulator = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = null });

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Theory, MemberData(nameof(Headings))]
    public async Task Recipe_shows_rows_on_the_sample_registry(string heading)
    {
        // The files of another recipe, or of the previous day's run.
        var before = heading switch
        {
            "Changes since yesterday" => "Get-CrRepoTag team/app -All | Select-Object -Skip 1 | Export-Clixml -Path app-tags.xml",
            "Look up the tags of a CSV file" => "Get-CrRepoTag team/app -First 3 | Export-Csv -Path app-tags.csv",
            _ => "",
        };
        var code = Code(heading);
        var file = code.Contains("Export-Csv", StringComparison.Ordinal) ? "$exported = @(Import-Csv -Path *.csv)" : "$exported = $shown";
        var output = await RunAsync(
            $$"""
            {{before}}
            $shown = @(& {
            {{code}}
            })
            {{file}}
            "rows: $($shown.Count) $($exported.Count)"
            """);
        Assert.Matches("\nrows: [1-9][0-9]* [1-9][0-9]*\n$", "\n" + output);
    }

    /// <summary>At a prompt a statement ends with its line, so that an else or a pipe on the next line is an error.</summary>
    [Theory, MemberData(nameof(Headings))]
    public void Recipe_can_be_pasted_at_a_prompt(string heading) =>
        Assert.DoesNotMatch(@"(?m)^\s*(else|elseif|\|)", Code(heading));

    [Fact]
    public async Task First_comparison_only_saves()
    {
        var recipe = Code("Changes since yesterday");
        Assert.Equal("500 tags were saved. The next run shows the changes.\n", await RunAsync(recipe));
    }

    [Fact]
    public async Task Report_has_whole_numbers_for_each_repository()
    {
        var report = await RunAsync(Code("A report over all repositories of an instance"));
        Assert.Matches(@"(?m)^team/app +500 +\d+$", report);
        Assert.Matches(@"(?m)^data/archive +0 +0$", report);
        Assert.Equal(12, Regex.Count(report, "(?m)^(team|platform|data)/"));
    }

    private async Task<string> RunAsync(string script) => (await PowerShellRun.WithModuleAsync($"{_emulator.ConnectCommand}\n{script}")).Succeeded();

    // The emulator has a different address and instance. The line that it prints connects to them.
    private static string Code(string heading) => ConnectLine().Replace(Recipes().Single(recipe => recipe.Heading == heading).Code, "");

    private static IEnumerable<(string Heading, string Code)> Recipes() =>
        Readme.Section("Recipes").Split("\n### ")[1..].Select(recipe => (recipe.Split('\n')[0], Assert.Single(Readme.Blocks(recipe, "powershell"))));

    [GeneratedRegex("(?m)^(Connect-CrRegistry|#Requires) .*$")]
    private static partial Regex ConnectLine();
}
