using System.Text.RegularExpressions;
using CrRegistry.Emulator;
using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Documents;

/// <summary>A reader tries the recipes of the README on the emulator. Each must show something there.</summary>
public sealed partial class RecipeTests : IAsyncLifetime
{
    private EmulatorServer _emulator = null!;

    public static TheoryData<string> Headings => [.. Recipes().Select(recipe => recipe.Heading)];

    public async Task InitializeAsync() => _emulator = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = null });

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Theory, MemberData(nameof(Headings))]
    public async Task Recipe_shows_rows_on_the_sample_registry(string heading)
    {
        var code = Recipes().Single(recipe => recipe.Heading == heading).Code;
        // The emulator has an address and an instance of its own. The line that it prints connects to them.
        code = ConnectLine().Replace(code, "");
        // What another recipe, or the run of the day before, has left.
        var before = heading switch
        {
            "What has changed since yesterday" => "Get-CrRepoTag team/app -All | Select-Object -Skip 1 | Export-Clixml -Path app-tags.xml",
            "Look up the tags of a CSV file" => "Get-CrRepoTag team/app -First 3 | Export-Csv -Path app-tags.csv",
            _ => "",
        };
        var rows = code.Contains("Export-Csv", StringComparison.Ordinal) ? "$rows = @(Import-Csv -Path *.csv)" : "";
        var run = await PowerShellRun.WithModuleAsync(
            $$"""
            {{_emulator.ConnectCommand}}
            {{before}}
            $rows = @(& {
            {{code}}
            })
            {{rows}}
            "rows: $($rows.Count)"
            """);
        Assert.Matches("\nrows: [1-9][0-9]*\n$", "\n" + run.Succeeded());
    }

    private static IEnumerable<(string Heading, string Code)> Recipes() =>
        Readme.Section("Recipes").Split("\n### ")[1..].Select(recipe => (recipe.Split('\n')[0], Assert.Single(Readme.Blocks(recipe, "powershell"))));

    [GeneratedRegex("(?m)^(Connect-CrRegistry|#Requires) .*$")]
    private static partial Regex ConnectLine();
}
