using System.Text.RegularExpressions;
using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Documents;

/// <summary>The README, by its sections and blocks.</summary>
internal static partial class Readme
{
    /// <summary>The text, with line feeds.</summary>
    public static string Text { get; } = File.ReadAllText(Path.Join(Paths.Root, "README.md")).ReplaceLineEndings("\n");

    /// <summary>Returns the text of a section, with its subsections.</summary>
    public static string Section(string heading) => Text.Split($"\n## {heading}\n")[1].Split("\n## ")[0];

    /// <summary>Returns the blocks of a text in a language. <c>shell</c> marks commands for any shell.</summary>
    public static IReadOnlyList<string> Blocks(string text, string language) =>
        [.. Block().Matches(text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)];

    [GeneratedRegex("(?ms)^```(?<language>[a-z]*)\n(?<code>.*?)^```$")]
    private static partial Regex Block();
}
