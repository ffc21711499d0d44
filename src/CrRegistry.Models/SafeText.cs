using System.Globalization;
using System.Text;

namespace CrRegistry;

/// <summary>
/// Makes text safe to display. The author of a tag or a summary chooses its characters. Some of them control a terminal: they move the cursor, write to
/// the clipboard, or change the order of the text.
/// </summary>
internal static class SafeText
{
    /// <summary>
    /// Returns the text with each control character, invisible format character, line or paragraph separator and lone surrogate
    /// as a visible escape, for example <c>\n</c> or <c>\u001b</c>. All other characters are unchanged.
    /// </summary>
    /// <param name="text">The text.</param>
    public static string Of(string text)
    {
        for (var place = 0; place < text.Length; place++)
            if (!IsSafe(text[place])) return Escape(text, place);
        return text;
    }

    /// <summary>Returns the safe form in which all non-ASCII characters are escapes, so that texts that look alike can be distinguished.</summary>
    /// <param name="text">The text.</param>
    public static string Ascii(string text)
    {
        var ascii = new StringBuilder();
        foreach (var character in text)
        {
            if (character is >= ' ' and <= '~') ascii.Append(character);
            else ascii.Append(EscapeOf(character.ToString(), 0, isPair: false));
        }

        return ascii.ToString();
    }

    /// <summary>Returns the safe form of the longest beginning of the text that fits into a limit. No escape is cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The limit.</param>
    /// <param name="isCut">True if a part of the text is missing.</param>
    public static string Beginning(string text, int longest, out bool isCut)
    {
        var safe = new StringBuilder();
        var place = 0;
        while (place < text.Length)
        {
            var piece = At(text, place);
            if (safe.Length + piece.Safe.Length > longest) break;
            safe.Append(piece.Safe);
            place += piece.Length;
        }

        isCut = place < text.Length;
        return safe.ToString();
    }

    private static string Escape(string text, int firstUnsafe)
    {
        var escaped = new StringBuilder(text, 0, firstUnsafe, text.Length + 16);
        for (var place = firstUnsafe; place < text.Length;)
        {
            var piece = At(text, place);
            escaped.Append(piece.Safe);
            place += piece.Length;
        }

        return escaped.ToString();
    }

    /// <summary>Returns the safe form of the character at an index, and its number of UTF-16 units in the text.</summary>
    private static (string Safe, int Length) At(string text, int place)
    {
        var isPair = char.IsSurrogatePair(text, place);
        var length = isPair ? 2 : 1;
        return (IsVisible(CharUnicodeInfo.GetUnicodeCategory(text, place)) ? text.Substring(place, length) : EscapeOf(text, place, isPair), length);
    }

    /// <summary>True if the character is safe. False for a surrogate, because only its pair is a character.</summary>
    private static bool IsSafe(char character) => character is >= ' ' and <= '~' || IsVisible(CharUnicodeInfo.GetUnicodeCategory(character));

    private static bool IsVisible(UnicodeCategory category) => category is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string EscapeOf(string text, int place, bool isPair) => text[place] switch
    {
        '\t' => "\\t",
        '\n' => "\\n",
        '\r' => "\\r",
        _ when isPair => "\\U" + char.ConvertToUtf32(text, place).ToString("x8", CultureInfo.InvariantCulture),
        var character => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
    };
}
