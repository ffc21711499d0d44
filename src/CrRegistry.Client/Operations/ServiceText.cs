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

    /// <summary>
    /// What a cut text may end in: the beginning of a word, which may be a secret's, no longer known as one; or half a character.
    /// </summary>
    private static readonly Regex s_cutEnd = new("(?:[!-~]+|[\ud800-\udbff])$", RegexOptions.CultureInvariant | RegexOptions.RightToLeft);

    /// <summary>The text on one line and without control characters, cut at the last word before 1,000 characters, and before any signed text.</summary>
    public static string Shown(string text)
    {
        var isCut = text.Length > LongestRead;
        var shown = Clean(isCut ? text.Substring(0, LongestRead) : text);
        // Only now: what was taken out may have stood in the middle of it.
        if (s_signedText.Match(shown) is { Success: true } match) (shown, isCut) = (shown.Substring(0, match.Index), false);
        if (shown.Length > LongestShown) (shown, isCut) = (shown.Substring(0, LongestShown), true);
        return isCut ? s_cutEnd.Replace(shown, string.Empty) + '…' : shown.TrimEnd();
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var character in s_controlSequence.Replace(text, string.Empty))
        {
            if (char.GetUnicodeCategory(character) == UnicodeCategory.Format) continue;
            if (!char.IsWhiteSpace(character) && !char.IsControl(character)) clean.Append(character);
            else if (clean.Length > 0 && clean[clean.Length - 1] != ' ') clean.Append(' ');
        }

        return clean.ToString();
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
