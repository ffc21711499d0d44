using System.Globalization;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>Names and values of a file as an error shows them: on one line, of sane length, with nothing that a terminal would obey.</summary>
internal static class FileText
{
    private const int LongestName = 64;
    private const int MostNames = 20;

    /// <summary>Longer than any path that systems take by default.</summary>
    private const int LongestPath = 4096;

    /// <summary>A name, or another short value.</summary>
    public static string Name(string text) => Shown(text, LongestName);

    /// <summary>A path that a file names.</summary>
    public static string Path(string text) => Shown(text, LongestPath);

    /// <summary>Names in quotes, the first ones where there are many.</summary>
    public static string Names(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0) return "none";
        var shown = string.Join(", ", names.Take(MostNames).Select(name => $"'{Name(name)}'"));
        return names.Count <= MostNames ? shown : $"{shown} and {(names.Count - MostNames).ToString(CultureInfo.InvariantCulture)} more";
    }

    private static string Shown(string text, int longest)
    {
        var shown = new string([.. text.Take(longest).Select(character => IsPlain(character) ? character : '?')]);
        return text.Length <= longest ? shown : shown + '…';
    }

    private static bool IsPlain(char character) => char.GetUnicodeCategory(character) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
