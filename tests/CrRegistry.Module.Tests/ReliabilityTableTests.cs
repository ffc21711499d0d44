using System.Text.RegularExpressions;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Checks that each test that docs/reliability.md names as <c>Class.Method</c> exists.</summary>
public sealed partial class ReliabilityTableTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Paths.Repository, "docs", "reliability.md"));

    public static TheoryData<string> Named => [.. NamedTest().Matches(s_page).Select(match => match.Groups[1].Value).Distinct()];

    [Theory]
    [MemberData(nameof(Named))]
    public void Named_test_exists(string test)
    {
        var (name, method) = (test.Split('.')[0], test.Split('.')[1]);
        // Two test projects may have a class with the same name.
        var files = Directory.GetFiles(Path.Combine(Paths.Repository, "tests"), name + ".cs", SearchOption.AllDirectories);

        Assert.Single(files, file => Regex.IsMatch(WithoutData().Replace(File.ReadAllText(file), string.Empty), $@"\[(Fact|Theory)\b[^{{}};]*?\bpublic (async Task|Task|void) {method}\("));
    }

    [Fact]
    public void Each_fault_has_a_test()
    {
        var rows = s_page.Split('\n').SkipWhile(line => !line.StartsWith("| Fault |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Matches(NamedTest(), row));
    }

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex NamedTest();

    /// <summary>Attributes with data may contain braces and semicolons.</summary>
    [GeneratedRegex(@"^    \[(InlineData|MemberData).*\n", RegexOptions.Multiline)]
    private static partial Regex WithoutData();
}
