using System.Globalization;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>
/// Names and words of a file as an error shows them: on one line, of sane length, with control characters as visible escapes. Where the end of a line
/// or a quote is missing, the next key and its value are a part of them, and that value may be a secret.
/// </summary>
internal static class FileText
{
    private const int LongestName = 64;

    /// <summary>No mode, type or region is longer, and a secret is.</summary>
    private const int LongestWord = 24;

    private const int MostNames = 20;

    private static readonly char[] s_beforeValues = ['=', '"'];

    /// <summary>A name, up to what may be a value.</summary>
    public static string Name(string text)
    {
        var end = text.IndexOfAny(s_beforeValues) is var mark and >= 0 ? mark : text.Length;
        var shown = SafeText.Of(text.Substring(0, Math.Min(end, LongestName + 1)));
        if (shown.Length > LongestName) return shown.Substring(0, LongestName) + '…';
        return end < text.Length ? shown + '…' : shown;
    }

    /// <summary>A word of few that there are; nothing of what can be none of them.</summary>
    public static string Word(string text) => text.Length <= LongestWord && text.IndexOfAny(s_beforeValues) < 0 ? SafeText.Of(text) : "…";

    /// <summary>Names in quotes, the first ones where there are many.</summary>
    public static string Names(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0) return "none";
        var shown = string.Join(", ", names.Take(MostNames).Select(name => $"'{Name(name)}'"));
        return names.Count <= MostNames ? shown : $"{shown} and {(names.Count - MostNames).ToString(CultureInfo.InvariantCulture)} more";
    }
}
