using System.Text.Json;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>Compares the lists of tests/Mutations/Test-Mutations.ps1 and of Stryker with the source, because both take long.</summary>
public sealed class MutationListTests
{
    private static readonly string s_root = Root(AppContext.BaseDirectory);

    public static TheoryData<string, string, string> Mutations()
    {
        var data = new TheoryData<string, string, string>();
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_root, "tests", "Mutations", "mutations.json")));
        foreach (var entry in list.RootElement.EnumerateArray())
            data.Add(entry.GetProperty("rule").GetString()!, entry.GetProperty("file").GetString()!, entry.GetProperty("text").GetString()!);
        return data;
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void Source_contains_text_of_each_rule_once(string rule, string file, string text) =>
        Assert.True(File.ReadAllText(Path.Combine(s_root, file)).Split(text).Length == 2, $"The text of '{rule}' is not in {file} once.");

    [Theory]
    [InlineData("stryker-config.json")]
    [InlineData("stryker-removal.json")]
    [InlineData("stryker-retention.json")]
    public void Scope_of_Stryker_exists(string file)
    {
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_root, "tests", "CrRegistry.Client.Tests", file)));
        var scope = list.RootElement.GetProperty("stryker-config");
        var project = Path.Combine(s_root, "src", Path.GetFileNameWithoutExtension(scope.GetProperty("project").GetString()!));

        Assert.All(scope.GetProperty("mutate").EnumerateArray(), pattern =>
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(project, Path.GetDirectoryName(pattern.GetString()!)!), Path.GetFileName(pattern.GetString()!))));
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "CrRegistry.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
