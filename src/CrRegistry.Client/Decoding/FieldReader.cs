using System.Globalization;

namespace CrRegistry.Client.Decoding;

/// <summary>Reads single values from the text of a field. An empty field is null.</summary>
internal static class FieldReader
{
    /// <summary>The longest number or time. The exponent of a longer text could require any number of digits.</summary>
    private const int LongestText = 64;

    /// <summary>The digits of a long.</summary>
    private const int MostDigits = 19;

    private static readonly long s_earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The digits of a fraction of a second in .NET. Libraries of Go write nine.</summary>
    private const int FractionDigits = 7;

    private static readonly string[] s_isoFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public static string? Text(string? field) => string.IsNullOrEmpty(field) ? null : field;

    /// <summary>
    /// Reads milliseconds since 1970, or ISO 8601 text (UTC unless it has an offset), as local time, which is what PowerShell
    /// shows and compares. Services write zero or less if there is no time.
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

    /// <summary>Reads a size. Services write a negative one if it is unknown.</summary>
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
        if (field.Unreadable is not { } unreadable) return true;
        if (unreadable.Length > LongestText) return false;
        var (mantissa, exponent) = Split(unreadable.Trim().ToUpperInvariant(), 'E');
        var (whole, fraction) = Split(mantissa, '.');
        var power = 0;
        if (exponent is not null && !int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power)) return false;
        var sign = whole.Length > 0 && whole[0] is '+' or '-' ? whole.Substring(0, 1) : string.Empty;
        whole = whole.Substring(sign.Length);
        var digits = whole + fraction;
        if (whole.Length == 0 || !digits.All(digit => digit is >= '0' and <= '9')) return false;

        // The number consists of these digits, without zeros at either end, and of this number of zeros.
        var significant = digits.Trim('0');
        var zeros = significant.Length == 0 ? 1 : (long)power - (fraction?.Length ?? 0) + digits.Length - digits.TrimEnd('0').Length;
        if (zeros < 0 || zeros + significant.Length > MostDigits) return false;
        var isLong = long.TryParse(sign + significant + new string('0', (int)zeros), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (isLong) value = number;
        return isLong;
    }

    private static (string Before, string? After) Split(string text, char separator) =>
        text.IndexOf(separator) is >= 0 and var place ? (text.Substring(0, place), text.Substring(place + 1)) : (text, null);

    private static bool TryIso(string text, out DateTime? value)
    {
        value = null;
        if (text.Length > LongestText) return false;
        var (seconds, fraction) = Split(text.Trim().ToUpperInvariant(), '.');
        if (fraction is not null)
        {
            var digits = fraction.TakeWhile(digit => digit is >= '0' and <= '9').Count();
            seconds += "." + fraction.Substring(0, Math.Min(digits, FractionDigits)) + fraction.Substring(digits);
        }

        var isTime = DateTimeOffset.TryParseExact(seconds, s_isoFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        if (isTime && time.ToUnixTimeMilliseconds() > 0) value = time.LocalDateTime;
        return isTime;
    }
}
