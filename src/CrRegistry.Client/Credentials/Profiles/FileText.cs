using System.Globalization;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>
/// Prepares names and words of a file for errors: on one line, with limited length, and with control characters as visible escapes. If the end of a line
/// or a quote is missing, they include the next key and its value, and that value may be a secret.
/// </summary>
internal static class FileText
{
    private const int LongestName = 64;

    /// <summary>The upper limit for a mode, type or region. Secrets are longer.</summary>
    private const int LongestWord = 24;

    private const int MostNames = 20;

    private static readonly char[] s_beforeValues = ['=', '"'];

    /// <summary>Returns a name, without a part that may be a value.</summary>
    public static string Name(string text)
    {
        var end = text.IndexOfAny(s_beforeValues) is var mark and >= 0 ? mark : text.Length;
        var shown = SafeText.Of(text.Substring(0, Math.Min(end, LongestName + 1)));
        if (shown.Length > LongestName) return shown.Substring(0, LongestName) + '…';
        return end < text.Length ? shown + '…' : shown;
    }

    /// <summary>Returns a word, such as a mode. A text that is too long to be one is not shown.</summary>
    public static string Word(string text) => text.Length <= LongestWord && text.IndexOfAny(s_beforeValues) < 0 ? SafeText.Of(text) : "…";

    /// <summary>Returns the names in quotes. Of many names, only the first ones.</summary>
    public static string Names(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0) return "none";
        var shown = string.Join(", ", names.Take(MostNames).Select(name => $"'{Name(name)}'"));
        return names.Count <= MostNames ? shown : $"{shown} and {(names.Count - MostNames).ToString(CultureInfo.InvariantCulture)} more";
    }
}
