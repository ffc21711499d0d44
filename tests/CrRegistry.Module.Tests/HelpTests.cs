using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

public sealed partial class HelpTests : IDisposable
{
    private readonly Session _session = new();

    public static TheoryData<string> Cmdlets => new(Manifest.Cmdlets);

    public static TheoryData<string> Documents => new(Manifest.Cmdlets.Select(cmdlet => $"docs/CrRegistry/{cmdlet}.md").Append("README.md").Append("docs/CrRegistry/about_CrRegistry.md"));

    public static TheoryData<string> Pages => new(Directory.GetFiles(Path.Combine(Paths.Repository, "docs", "CrRegistry")).Append(Path.Combine(Paths.Repository, "README.md")).Select(page => Path.GetRelativePath(Paths.Repository, page)));

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Each_cmdlet_has_help() => Assert.Equal(
        _session.Run("Get-Command -Module CrRegistry | ForEach-Object Name").Texts.Order(StringComparer.Ordinal),
        Maml().Descendants().Where(element => element.Name.LocalName == "details").Select(details => Child(details, "name")).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_has_exactly_the_parameters_of_cmdlet(string cmdlet)
    {
        var code = VisibleParameters(cmdlet);
        var help = Parameters(cmdlet).ToDictionary(parameter => Child(parameter, "name"));

        Assert.Equal(code.Order(StringComparer.Ordinal), help.Keys.Order(StringComparer.Ordinal));
        Assert.All(help.Values, parameter => Assert.InRange(Child(parameter, "Description").Length, 10, 4000));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Page_has_exactly_the_parameters_of_cmdlet(string cmdlet)
    {
        var page = File.ReadAllText(Path.Combine(Paths.Repository, "docs", "CrRegistry", cmdlet + ".md"));

        Assert.Equal(VisibleParameters(cmdlet).Order(StringComparer.Ordinal), ParameterHeading().Matches(page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_has_synopsis_and_examples(string cmdlet)
    {
        var command = Command(cmdlet);
        var examples = command.Descendants().Where(element => element.Name.LocalName == "example").ToArray();

        Assert.InRange(Child(command.Elements().Single(element => element.Name.LocalName == "details"), "description").Length, 15, 400);
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.NotEmpty(Child(example, "code")));
        Assert.All(examples, example => Assert.NotEmpty(Child(example, "remarks")));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_of_cmdlet_equals_its_page(string cmdlet)
    {
        var page = File.ReadAllText(Path.Combine(Paths.Repository, "docs", "CrRegistry", cmdlet + ".md"));
        var command = Command(cmdlet);

        Assert.Equal(Letters(Section(page, "## SYNOPSIS")), Letters(Child(command.Elements().First(), "description")));
        Assert.Equal(Letters(Section(page, "## DESCRIPTION")), Letters(command.Elements().Single(element => element.Name.LocalName == "description").Value));
        Assert.All(Parameters(cmdlet), parameter => Assert.Equal(Letters(Section(page, $"### -{Child(parameter, "name")}")), Letters(Child(parameter, "Description"))));
        Assert.All(command.Descendants().Where(element => element.Name.LocalName == "example"), example => Assert.Equal(
            Letters(Section(page, $"### {Child(example, "title").Trim('-', ' ')}", withCode: true)), Letters(Child(example, "code") + Child(example, "remarks"))));
        Assert.All(command.Descendants().Where(element => element.Name.LocalName == "returnValue"), output => Assert.Equal(
            Letters(Section(page, $"### {Child(output.Elements().First(), "name")}")), Letters(Child(output, "description"))));
    }

    [Theory]
    [InlineData("about_CrRegistry")]
    [InlineData("about_CrRegistry_Credentials")]
    public void About_topic_equals_its_page(string about)
    {
        var page = File.ReadAllText(Path.Combine(Paths.Repository, "docs", "CrRegistry", about + ".md"));
        var topic = File.ReadAllText(Path.Combine(Paths.Staging, "en-US", about + ".help.txt"));

        Assert.Equal(Letters(Fence().Replace(page, string.Empty)), Letters(topic)["TOPIC".Length..]);
    }

    [Theory]
    [InlineData("about_CrRegistry")]
    [InlineData("about_CrRegistry_Credentials")]
    public void List_items_begin_lines_of_about_topic(string about)
    {
        var page = File.ReadAllText(Path.Combine(Paths.Repository, "docs", "CrRegistry", about + ".md"));
        var topic = File.ReadAllText(Path.Combine(Paths.Staging, "en-US", about + ".help.txt"));

        Assert.NotEmpty(ListItem().Matches(page));
        Assert.Equal(ListItem().Matches(page).Select(item => $"{item.Groups[1]} {item.Groups[2]}"), ListItem().Matches(topic).Select(item => $"{item.Groups[1]} {item.Groups[2]}"));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Examples_parse_and_use_existing_parameters(string document)
    {
        var examples = CodeBlock().Matches(File.ReadAllText(Path.Combine(Paths.Repository, document))).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            var script = Parser.ParseInput(example, out _, out var errors);
            Assert.Empty(errors);
            foreach (var command in script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
            {
                if (command.GetCommandName() is not { } name || !OwnCmdlet().IsMatch(name)) continue;
                var parameters = _session.Run($"(Get-Command {name}).Parameters.Keys").AssertNoError().Texts;
                Assert.All(command.CommandElements.OfType<CommandParameterAst>(), parameter => Assert.Contains(parameter.ParameterName, parameters, StringComparer.OrdinalIgnoreCase));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_export_times_in_UTC(string page)
    {
        var exports = CodeBlock().Matches(File.ReadAllText(Path.Combine(Paths.Repository, page))).Select(match => match.Groups[1].Value)
            .Where(example => example.Contains("Export-Csv", StringComparison.Ordinal) || example.Contains("ConvertTo-Csv", StringComparison.Ordinal));

        Assert.All(exports, example =>
        {
            Assert.Contains("Select-Object -Property $columns | Export-Csv", example, StringComparison.Ordinal);
            Assert.Contains(".ToUniversalTime().ToString('o')", example, StringComparison.Ordinal);
        });
    }

    private IEnumerable<string> VisibleParameters(string cmdlet) => _session.Run($$"""
        (Get-Command {{cmdlet}}).Parameters.Values | Where-Object { -not $_.Attributes.DontShow -or $_.Attributes.DontShow -notcontains $true } | ForEach-Object Name
        """).AssertNoError().Texts.Except(Cmdlet.CommonParameters);

    private static XDocument Maml() => XDocument.Load(Path.Combine(Paths.Staging, "en-US", "CrRegistry.dll-Help.xml"));

    private static XElement Command(string cmdlet) => Maml().Root!.Elements().Single(command => Child(command.Elements().First(), "name") == cmdlet);

    private static IEnumerable<XElement> Parameters(string cmdlet) =>
        Command(cmdlet).Elements().Where(element => element.Name.LocalName == "parameters").Elements().Where(element => element.Name.LocalName == "parameter");

    private static string Child(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => string.Equals(child.Name.LocalName, name, StringComparison.OrdinalIgnoreCase))?.Value.Trim() ?? string.Empty;

    /// <summary>Returns the text between a heading of a page and the next one, without the block with a parameter's type.</summary>
    private static string Section(string page, string heading, bool withCode = false)
    {
        var lines = page.Split('\n').Select(line => line.TrimEnd()).SkipWhile(line => line != heading).ToArray();
        Assert.NotEmpty(lines);
        // A '#' in code begins a comment and is not a heading.
        var text = string.Join('\n', lines.Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal) && !line.StartsWith("### ", StringComparison.Ordinal)));
        return withCode ? Fence().Replace(text, string.Empty) : YamlBlock().Replace(text, string.Empty);
    }

    /// <summary>Returns the words of a text without formatting, which are the same in markdown, XML and wrapped lines. Some of them have headings in upper case.</summary>
    private static string Letters(string text) => NoLetter().Replace(text, string.Empty).ToUpperInvariant();

    [GeneratedRegex(@"[^\p{L}\p{Nd}]")]
    private static partial Regex NoLetter();

    // The marker and the first word.
    [GeneratedRegex(@"^ {0,4}(-|\d+\.) \[?([\w-]*)", RegexOptions.Multiline)]
    private static partial Regex ListItem();

    [GeneratedRegex(@"^```\w*\r?$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^```yaml.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex(@"^[A-Z][a-z]+-Cr[A-Z]\w*$")]
    private static partial Regex OwnCmdlet();

    [GeneratedRegex(@"^### -(\w+)\s*$", RegexOptions.Multiline)]
    private static partial Regex ParameterHeading();

    [GeneratedRegex(@"^```powershell\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
