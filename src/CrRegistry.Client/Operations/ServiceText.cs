using System.Globalization;
using System.Text;

namespace CrRegistry.Client.Operations;

/// <summary>
/// Makes text from elsewhere fit for a message: on one line, of limited length, without anything that a terminal would obey.
/// Text of the service may be made to keep a search busy: every search here reads its text once, forward, and no more of it than <see cref="SearchedText"/> has.
/// </summary>
internal static class ServiceText
{
    private const int LongestShown = 1000;
    private const char Escape = '\u001b';

    /// <summary>The text on one line and without control characters, cut at the last word before 1,000 characters, and before any signed text.</summary>
    public static string Shown(string text) => Shown(new SearchedText(text), static clean => new SearchedText(clean));

    /// <param name="text">The text.</param>
    /// <param name="search">Makes the text that the signed text is searched in: the seam for the test that counts the reads.</param>
    internal static string Shown(SearchedText text, Func<string, SearchedText> search)
    {
        var isCut = text.IsCut;
        var shown = Clean(text);
        // Only now: characters that were removed may have stood in the middle of it.
        if (SignedTextAt(search(shown)) is { } start) (shown, isCut) = (shown.Substring(0, start), false);
        if (shown.Length > LongestShown) (shown, isCut) = (shown.Substring(0, LongestShown), true);
        return isCut ? WithoutLastWord(shown) + '…' : shown.TrimEnd();
    }

    /// <summary>An address for a browser; null if the text is not one, or cannot be shown as it is.</summary>
    public static string? Address(string? text) =>
        text is not null && Shown(text) == text
        && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
        && SignedTextAt(new SearchedText(Uri.UnescapeDataString(text))) is null
            ? text
            : null;

    /// <summary>The part of a text in which the service names the text that it signed; null if there is none.</summary>
    public static string? SignedText(string text)
    {
        var searched = new SearchedText(text);
        return SignedTextAt(searched) is { } start ? searched.Substring(start, searched.Length) : null;
    }

    private static string Clean(SearchedText text)
    {
        var clean = new StringBuilder(text.Length);
        for (var index = AfterControlSequences(text, 0); index < text.Length; index = AfterControlSequences(text, index + 1))
        {
            var character = text[index];
            if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                var pair = new string([character, text[++index]]);
                if (CharUnicodeInfo.GetUnicodeCategory(pair, 0) != UnicodeCategory.Format) clean.Append(pair);
                continue;
            }

            if (char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.Surrogate) continue;
            if (!char.IsWhiteSpace(character) && !char.IsControl(character)) clean.Append(character);
            else if (clean.Length > 0 && clean[clean.Length - 1] != ' ') clean.Append(' ');
        }

        return clean.ToString();
    }

    /// <summary>
    /// The place behind all control sequences of terminals (ECMA-48) that follow one another, whole, so that none of their letters stays.
    /// A sequence that another character breaks off ends before that character.
    /// </summary>
    private static int AfterControlSequences(SearchedText text, int index)
    {
        while (index < text.Length)
        {
            var character = text[index];
            if (character == Escape)
            {
                var second = text[index + 1];
                if (second == '[') index = AfterParameters(text, index + 2);
                else if (second is ']' or 'P' or 'X' or '^' or '_') index = AfterString(text, index + 2);
                else index = AfterFinal(text, text.Skip(index + 1, IsIntermediate), '0');
            }
            else if (character == '\u009b')
            {
                index = AfterParameters(text, index + 1);
            }
            else if (character is '\u009d' or '\u0090' or '\u0098' or '\u009e' or '\u009f')
            {
                index = AfterString(text, index + 1);
            }
            else
            {
                return index;
            }
        }

        return index;
    }

    private static int AfterParameters(SearchedText text, int index) =>
        AfterFinal(text, text.Skip(text.Skip(index, static character => character is >= '0' and <= '?'), IsIntermediate), '@');

    private static int AfterFinal(SearchedText text, int index, char first) => text[index] is var final && final >= first && final <= '~' ? index + 1 : index;

    private static int AfterString(SearchedText text, int index)
    {
        var end = text.Skip(index, static character => character is not ('\u0007' or Escape or '\u009c'));
        return text[end] != Escape ? end + 1 : text[end + 1] == '\\' ? end + 2 : end;
    }

    private static bool IsIntermediate(char character) => character is >= ' ' and <= '/';

    /// <summary>
    /// The place at which the service begins to name the text that it made its own signature over ("server string to sign is:"), or what looks like it.
    /// That text has the AccessKey ID, and the security token besides.
    /// </summary>
    private static int? SignedTextAt(SearchedText text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '&' when text.HasAt(index, "&%2F&"):
                    return text.SkipBack(index, static character => char.IsLetterOrDigit(character) || character == '_');
                case 'a' or 'A' when IsField(text, index, "AccessKeyId"):
                case 's' or 'S' when IsField(text, index, "SecurityToken"):
                case 'x' or 'X' when text.HasAt(index, "x-acs-security-token"):
                    return index;
                case 's' or 'S' when IsStringToSign(text, index):
                    const string server = "server";
                    var end = text.SkipBack(index, IsGap);
                    return end >= server.Length && text.HasAt(end - server.Length, server) ? end - server.Length : index;
            }
        }

        return null;
    }

    private static bool IsField(SearchedText text, int index, string name) =>
        text.HasAt(index, name) && (text[index + name.Length] == '=' || text.HasAt(index + name.Length, "%3D"));

    private static bool IsStringToSign(SearchedText text, int index)
    {
        foreach (var word in new[] { "string", "to", "sign" })
        {
            if (!text.HasAt(index, word)) return false;
            index = text.Skip(index + word.Length, IsGap);
        }

        return true;
    }

    private static bool IsGap(char character) => char.IsWhiteSpace(character) || character == '+';

    /// <summary>
    /// A text that was cut, without its end: the beginning of a word, which may be a secret's that is no longer known as one; or half a character.
    /// </summary>
    private static string WithoutLastWord(string text)
    {
        var end = text.Length;
        while (end > 0 && text[end - 1] is >= '!' and <= '~') end--;
        if (end == text.Length && end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return text.Substring(0, end);
    }
}
