using System.Globalization;
using CrRegistry.Client.Operations;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>Names of a file as an error shows them: on one line, of sane length, with nothing that a terminal would obey.</summary>
internal static class FileText
{
    private const int LongestName = 64;
    private const int MostNames = 20;

    /// <summary>A name, or another short value.</summary>
    public static string Name(string text)
    {
        var shown = ServiceText.Shown(text);
        return shown.Length <= LongestName ? shown : shown.Substring(0, LongestName) + '…';
    }

    /// <summary>Names in quotes, the first ones where there are many.</summary>
    public static string Names(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0) return "none";
        var shown = string.Join(", ", names.Take(MostNames).Select(name => $"'{Name(name)}'"));
        return names.Count <= MostNames ? shown : $"{shown} and {(names.Count - MostNames).ToString(CultureInfo.InvariantCulture)} more";
    }
}
