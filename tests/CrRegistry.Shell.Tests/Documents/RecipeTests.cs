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
        // The files of another recipe or of the previous day's run, and programs in place of those that would open connections.
        var before = heading switch
        {
            "Changes since yesterday" => "Get-CrRepoTag team/app -All | Select-Object -Skip 1 | Export-Clixml -Path app-tags.xml",
            "Look up the tags of a CSV file" => "Get-CrRepoTag team/app -First 3 | Export-Csv -Path app-tags.csv",
            "Log in with docker" => "function docker { @($input).Count }",
            "The images that a cluster runs" => "function kubectl { 'registry.example.com/team/app:latest registry.example.com/team/web:latest' }",
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
        var report = await RunAsync(Code("What takes the space, in all repositories"));
        Assert.Matches(@"(?m)^ +500 +\d+ +[\d.]+ GB .* team/app$", report);
        Assert.Matches(@"(?m)^ +0 +0 +0 B .* data/archive$", report);
        Assert.Equal(12, Regex.Count(report, "(?m) (team|platform|data)/[a-z]+$"));
    }

    [Fact]
    public async Task Rehearsal_removes_the_same_tags_as_the_clean_up_and_none_of_the_real_registry()
    {
        var file = Path.GetTempFileName();
        try
        {
            await RunAsync($"{Code("Save a list for a rehearsal")}\nMove-Item -Path tags.json -Destination '{file}' -Force");
            var before = TagCounts(_emulator);
            await using var rehearsal = await EmulatorServer.StartAsync(new EmulatorOptions { SeedFile = file });

            var rehearsed = await RunAsync(rehearsal, CleanUp);

            Assert.Equal(before, TagCounts(_emulator));
            Assert.Matches("(?m)^Removed app:", rehearsed);
            Assert.Equal(rehearsed, await RunAsync(CleanUp));
            Assert.Equal(TagCounts(rehearsal), TagCounts(_emulator).Where(count => count.Key.StartsWith("team/", StringComparison.Ordinal)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Preview_and_clean_up_agree()
    {
        var preview = await RunAsync($"$null = & {{\n{Code("Preview a clean-up, and keep the reasons")}\n}}\n(Import-Csv -Path verdicts.csv | Where-Object Verdict -EQ Stale | ForEach-Object {{ \"$($_.RepoName):$($_.Tag)\" }}) -join ' '");
        var before = TagCounts(_emulator);

        var removed = await RunAsync($"$null = & {{\n{Code("A scheduled clean-up")}\n}}\n(Import-Csv -Path removed-*.csv | Where-Object Result -EQ Removed | ForEach-Object {{ \"$($_.RepoName):$($_.Tag)\" }}) -join ' '");

        // Each recipe also shows what would be removed.
        Assert.Equal(preview.TrimEnd().Split('\n')[^1], removed.TrimEnd().Split('\n')[^1]);
        Assert.NotEqual(before, TagCounts(_emulator));
    }

    [Fact]
    public async Task Clean_up_without_stale_tags_succeeds()
    {
        await RunAsync(Code("A scheduled clean-up"));

        Assert.Contains(" 0 stale.", await RunAsync(Code("A scheduled clean-up")), StringComparison.Ordinal);
    }

    private static string CleanUp =>
        $"$null = & {{\n{Code("A scheduled clean-up")}\n}}\nImport-Csv -Path removed-*.csv | Sort-Object -Property RepoName, Tag | ForEach-Object {{ \"$($_.Result) $($_.RepoName):$($_.Tag)\" }}";

    private static Dictionary<string, int> TagCounts(EmulatorServer emulator) =>
        emulator.Registry.Repositories.Where(repository => repository.TagCount > 0).ToDictionary(repository => $"{repository.NamespaceName}/{repository.RepoName}", repository => repository.TagCount);

    private Task<string> RunAsync(string script) => RunAsync(_emulator, script);

    private static async Task<string> RunAsync(EmulatorServer emulator, string script) =>
        (await PowerShellRun.WithModuleAsync($"{emulator.ConnectCommand}\n{script}")).Succeeded();

    // The emulator has a different address and instance. The line that it prints connects to them.
    private static string Code(string heading) => ConnectLine().Replace(Recipes().Single(recipe => recipe.Heading == heading).Code, "");

    private static IEnumerable<(string Heading, string Code)> Recipes() =>
        Readme.Section("Recipes").Split("\n### ")[1..].Select(recipe => (recipe.Split('\n')[0], Assert.Single(Readme.Blocks(recipe, "powershell"))));

    [GeneratedRegex("(?m)^(Connect-CrRegistry|#Requires) .*$")]
    private static partial Regex ConnectLine();
}
