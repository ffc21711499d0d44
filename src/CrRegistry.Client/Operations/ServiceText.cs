using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CrRegistry.Client.Operations;

/// <summary>Makes what came from elsewhere fit to stand in a message: of one line, of sane length, with nothing that a terminal would obey.</summary>
internal static class ServiceText
{
    private const int LongestShown = 1000;

    /// <summary>So much of a text is looked at: it may have little that can be shown.</summary>
    private const int LongestRead = 10_000;

    /// <summary>The control sequences of terminals (ECMA-48), whole, so that no letters of them stay behind.</summary>
    private static readonly Regex s_controlSequence = new(
        "(?:\u001b\\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\\\|\u009c)?|\u001b[ -/]*[0-~]", RegexOptions.CultureInvariant);

    /// <summary>What the service made its own signature over. It holds the AccessKey ID and, in version 1, the security token.</summary>
    private static readonly Regex s_stringToSign = new(
        @"server[\s+]*string[\s+]*to[\s+]*sign", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The text without control characters, cut at 1,000 characters, and before any string to sign.</summary>
    public static string Shown(string text)
    {
        if (text.Length > LongestRead) text = text.Substring(0, LongestRead);
        if (s_stringToSign.Match(text) is { Success: true } match) text = text.Substring(0, match.Index);
        var shown = new StringBuilder(Math.Min(text.Length, LongestShown));
        foreach (var character in s_controlSequence.Replace(text, string.Empty))
        {
            if (shown.Length == LongestShown)
            {
                if (char.IsHighSurrogate(shown[LongestShown - 1])) shown.Length--;
                return shown.Append('…').ToString();
            }

            var isBlank = char.IsWhiteSpace(character) || char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format;
            if (!isBlank) shown.Append(character);
            else if (shown.Length > 0 && shown[shown.Length - 1] != ' ') shown.Append(' ');
        }

        return shown.ToString().TrimEnd();
    }

    /// <summary>An address for a browser; null where it is none, or none that can be shown as it is.</summary>
    public static string? Address(string? text) =>
        text is not null && Shown(text) == text
        && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
        && !s_stringToSign.IsMatch(Uri.UnescapeDataString(text))
            ? text
            : null;

    /// <summary>The string that the service signed, where it tells one; else null.</summary>
    public static string? StringToSign(string text) =>
        s_stringToSign.Match(text) is { Success: true } match ? text.Substring(match.Index + match.Length) : null;
}
