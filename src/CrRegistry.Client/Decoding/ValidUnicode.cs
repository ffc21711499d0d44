using System.Globalization;
using System.Text;

namespace CrRegistry.Client.Decoding;

/// <summary>
/// Replaces invalid Unicode in JSON text: each lone surrogate and each invalid sequence of UTF-8 becomes U+FFFD, as in browsers. Users choose
/// the characters of tags and summaries, and one invalid character must not hide the other rows or the code of an error.
/// </summary>
internal static class ValidUnicode
{
    private const string Replacement = "\\ufffd";

    public static byte[] Of(ArraySegment<byte> json)
    {
        // GetString replaces invalid sequences.
        var text = Encoding.UTF8.GetString(json.Array!, json.Offset, json.Count).ToCharArray();
        for (var index = 0; index < text.Length; index += text[index] == '\\' ? 2 : 1)
        {
            var unit = UnitAt(text, index);
            if (!char.IsSurrogate(unit)) continue;
            if (char.IsSurrogatePair(unit, UnitAt(text, index + Replacement.Length))) index += Replacement.Length;
            else Replacement.CopyTo(0, text, index, Replacement.Length);
        }

        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Returns the UTF-16 unit of an escape; NUL if there is no escape at the position.</summary>
    private static char UnitAt(char[] text, int index) =>
        index + Replacement.Length <= text.Length && text[index] == '\\' && text[index + 1] == 'u'
        && ushort.TryParse(new string(text, index + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : '\0';
}
