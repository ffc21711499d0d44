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

    /// <summary>
    /// Where the service begins to tell what it made its own signature over ("server string to sign is:"), or what looks like it.
    /// That holds the AccessKey ID, and the security token besides.
    /// </summary>
    private static readonly Regex s_signedText = new(
        @"(server[\s+]*)?string[\s+]*to[\s+]*sign|\w*&%2F&|(AccessKeyId|SecurityToken)(=|%3D)|x-acs-security-token",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The text without control characters, cut at 1,000 characters, and before any signed text.</summary>
    public static string Shown(string text)
    {
        if (text.Length > LongestRead) text = text.Substring(0, LongestRead);
        if (s_signedText.Match(text) is { Success: true } match) text = text.Substring(0, match.Index);
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
        && !s_signedText.IsMatch(Uri.UnescapeDataString(text))
            ? text
            : null;

    /// <summary>What the service tells of the text that it signed; null where it tells nothing.</summary>
    public static string? SignedText(string text) => s_signedText.Match(text) is { Success: true } match ? text.Substring(match.Index) : null;
}
