using System.Globalization;
using System.Text;

namespace CrRegistry.Client.Decoding;

/// <summary>The visible characters of a text with their positions. Words that invisible characters split are found in it.</summary>
internal sealed class BareText
{
    /// <summary>Letters and a symbol that are blank: the fillers of Hangul, and the empty pattern of Braille.</summary>
    private const string BlankCharacters = "\u115f\u1160\u2800\u3164\uffa0";

    private const char Escape = '\u001b';

    private readonly StringBuilder _text;
    private readonly List<(int Start, int End)> _places;

    private BareText(int length) => (_text, _places) = (new StringBuilder(length), new List<(int Start, int End)>(length));

    public string Text => _text.ToString();

    /// <summary>Removes the invisible characters of a text. White space stays.</summary>
    /// <param name="text">The text.</param>
    /// <param name="withSequences">True if the control sequences of terminals (ECMA-48) are removed whole; false if only their invisible characters are.</param>
    public static BareText Of(SearchedText text, bool withSequences)
    {
        var bare = new BareText(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (withSequences) index = AfterControlSequences(text, index);
            if (index == text.Length) break;
            var character = text[index];
            var isPair = char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
            var category = isPair ? CharUnicodeInfo.GetUnicodeCategory(text.Substring(index, index + 2), 0) : CharUnicodeInfo.GetUnicodeCategory(character);
            if (char.IsWhiteSpace(character) || IsSeen(character, category)) bare.Add(character, index, index + 1);
            if (!isPair) continue;
            index++;
            if (IsSeen(character, category)) bare.Add(text[index], index, index + 1);
        }

        return bare;
    }

    /// <summary>Removes the invisible characters, also if they are escapes of <see cref="SafeText"/>, and white space.</summary>
    /// <param name="text">The text.</param>
    /// <param name="withSequences">True if control sequences are removed whole.</param>
    public static BareText OfMessage(string text, bool withSequences)
    {
        var decoded = Decode(text);
        var bare = Of(SearchedText.Whole(decoded.Text), withSequences);
        var result = new BareText(text.Length);
        for (var index = 0; index < bare._text.Length; index++)
        {
            var place = bare._places[index].Start;
            if (!char.IsWhiteSpace(bare._text[index])) result.Add(bare._text[index], decoded._places[place].Start, decoded._places[place].End);
        }

        return result;
    }

    /// <summary>The place in the whole text at which a character begins.</summary>
    public int StartOf(int index) => _places[index].Start;

    /// <summary>The place in the whole text after a character.</summary>
    public int EndOf(int index) => _places[index].End;

    private static BareText Decode(string text)
    {
        var decoded = new BareText(text.Length);
        for (var index = 0; index < text.Length;)
        {
            var (characters, length) = text[index] == '\\' && index + 1 < text.Length ? Decode(text, index) : (text[index].ToString(), 1);
            foreach (var character in characters) decoded.Add(character, index, index + length);
            index += length;
        }

        return decoded;
    }

    private static (string Characters, int Length) Decode(string text, int index)
    {
        var digits = text[index + 1] switch { 't' or 'n' or 'r' => 0, 'u' => 4, 'U' => 8, _ => -1 };
        if (digits == 0) return (text[index + 1] switch { 't' => "\t", 'n' => "\n", _ => "\r" }, 2);
        var isEscape = digits > 0 && index + 2 + digits <= text.Length;
        if (!isEscape || !int.TryParse(text.Substring(index + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) return ("\\", 1);
        if (digits == 4) return (((char)code).ToString(), 6);
        return code is >= 0x10000 and <= 0x10ffff ? (char.ConvertFromUtf32(code), 10) : ("\\", 1);
    }

    private static bool IsSeen(char character, UnicodeCategory category) => BlankCharacters.IndexOf(character) < 0 && category is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.OtherNotAssigned);

    /// <summary>
    /// The place after all control sequences of terminals (ECMA-48) that follow one another, whole, so that none of their letters stays.
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

        return text.Length;
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

    private void Add(char character, int start, int end)
    {
        _text.Append(character);
        _places.Add((start, end));
    }
}
