using System.Globalization;
using System.Text.RegularExpressions;

namespace CrRegistry.Client.Operations;

/// <summary>Reads single values from the text of a field. An empty field is null.</summary>
internal static class FieldReader
{
    /// <summary>More than any number or time has. The exponent of a longer text could ask for any number of digits.</summary>
    private const int LongestText = 64;

    /// <summary>The digits of a long.</summary>
    private const int MostDigits = 19;

    private static readonly long s_earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static readonly Regex s_number = new(@"\A(?<sign>[+-]?)(?<whole>[0-9]+)(\.(?<fraction>[0-9]*))?(E(?<exponent>[+-]?[0-9]{1,9}))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>.NET has places for seven digits of a second; the libraries of Go write nine.</summary>
    private static readonly Regex s_excessFraction = new(@"(?<=\.[0-9]{7})[0-9]+", RegexOptions.CultureInvariant);

    private static readonly string[] s_isoFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    public static string? Text(string? field) => string.IsNullOrEmpty(field) ? null : field;

    /// <summary>
    /// Reads milliseconds since 1970, or ISO 8601 text, which is UTC unless it says otherwise, as local time: the kind of every time that
    /// PowerShell shows and compares. Zero and less are what services write for no time.
    /// </summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The time; null if there is none.</param>
    /// <returns>False if the field has a value that is not a time.</returns>
    public static bool TryTime(NumberField field, out DateTime? value)
    {
        value = null;
        if (!TryWhole(field, out var ms)) return TryIso(field.Unreadable!, out value);
        if (ms < s_earliest || ms > s_latest) return false;
        if (ms > 0) value = DateTimeOffset.FromUnixTimeMilliseconds(ms.Value).LocalDateTime;
        return true;
    }

    /// <summary>Reads a size. A negative one is what services write for none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The size; null if there is none.</param>
    /// <returns>False if the field has a value that is not a whole number.</returns>
    public static bool TrySize(NumberField field, out long? value)
    {
        var isWhole = TryWhole(field, out value);
        if (value < 0) value = null;
        return isWhole;
    }

    /// <summary>Reads a whole number, also in decimal or exponent form.</summary>
    private static bool TryWhole(NumberField field, out long? value)
    {
        value = field.Value;
        if (field.Unreadable is not { } text) return true;
        if (text.Length > LongestText || s_number.Match(text.Trim().ToUpperInvariant()) is not { Success: true } match) return false;
        var digits = (match.Groups["whole"].Value + match.Groups["fraction"].Value).TrimStart('0');
        var places = match.Groups["exponent"] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
        places += digits.Length - digits.TrimEnd('0').Length - match.Groups["fraction"].Length;
        digits = digits.TrimEnd('0');
        if (digits.Length == 0) places = 0;
        if (places < 0 || places + digits.Length > MostDigits) return false;
        var isLong = long.TryParse(match.Groups["sign"].Value + digits + new string('0', places + (digits.Length == 0 ? 1 : 0)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (isLong) value = number;
        return isLong;
    }

    private static bool TryIso(string text, out DateTime? value)
    {
        value = null;
        if (text.Length > LongestText) return false;
        var isTime = DateTimeOffset.TryParseExact(
            s_excessFraction.Replace(text.Trim().ToUpperInvariant(), string.Empty), s_isoFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        if (isTime && time.ToUnixTimeMilliseconds() > 0) value = time.LocalDateTime;
        return isTime;
    }
}
