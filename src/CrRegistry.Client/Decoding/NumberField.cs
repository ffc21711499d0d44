using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrRegistry.Client.Decoding.Json;

namespace CrRegistry.Client.Decoding;

/// <summary>
/// A field that should contain an integer. The samples of the service write the same field as a number and as text.
/// Each tag has three of them, so the type is small.
/// </summary>
[JsonConverter(typeof(Converter))]
internal readonly struct NumberField
{
    /// <summary>The longest number or time. The exponent of a longer text could require any number of digits.</summary>
    private const int LongestText = 64;

    /// <summary>The digits of a long.</summary>
    private const int MostDigits = 19;

    /// <summary>The digits of a fraction of a second in .NET. Libraries of Go write nine.</summary>
    private const int FractionDigits = 7;

    private static readonly long s_earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private static readonly string[] s_isoFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>Marks a field whose value is in <see cref="_number"/>.</summary>
    private static readonly string s_readable = new('0', 1);

    private readonly long _number;
    private readonly string? _text;

    /// <param name="number">The value of the field.</param>
    private NumberField(long number) => (_number, _text) = (number, s_readable);

    private NumberField(string text) => _text = text;

    /// <summary>The number; null if the field is missing, empty or invalid.</summary>
    public long? Value => ReferenceEquals(_text, s_readable) ? _number : null;

    /// <summary>The value that is not a number; null if there is none.</summary>
    private string? Unreadable => ReferenceEquals(_text, s_readable) ? null : _text;

    /// <summary>True if the field is missing or empty.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>Reads a text.</summary>
    public static NumberField Of(string? text) => string.IsNullOrWhiteSpace(text)
        ? default
        : long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? new NumberField(number)
            : new NumberField(text!);

    /// <summary>
    /// Reads milliseconds since 1970, or ISO 8601 text (UTC unless it has an offset), as local time, which is what PowerShell
    /// shows and compares. Services write zero or less if there is no time.
    /// </summary>
    /// <param name="value">The time; null if there is none.</param>
    /// <returns>False if the field has a value that is not a time.</returns>
    public bool TryTime(out DateTime? value)
    {
        value = null;
        if (!TryWhole(out var ms)) return TryIso(Unreadable!, out value);
        if (ms < s_earliest || ms > s_latest) return false;
        if (ms > 0) value = DateTimeOffset.FromUnixTimeMilliseconds(ms.Value).LocalDateTime;
        return true;
    }

    /// <summary>Reads a size. Services write a negative one if it is unknown.</summary>
    /// <param name="value">The size; null if there is none.</param>
    /// <returns>False if the field has a value that is not a whole number.</returns>
    public bool TrySize(out long? value)
    {
        var isWhole = TryWhole(out value);
        if (value < 0) value = null;
        return isWhole;
    }

    public override string ToString() => Unreadable ?? Value?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Reads a whole number, also in decimal or exponent form.</summary>
    private bool TryWhole(out long? value)
    {
        value = Value;
        if (Unreadable is not { } unreadable) return true;
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

    /// <summary>Reads an integer of any JSON type without allocating text. A page of tags has three hundred.</summary>
    internal sealed class Converter : JsonConverter<NumberField>
    {
        private static readonly LenientStringConverter s_text = new();

        public override NumberField Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.Number or JsonTokenType.String
            && Utf8Parser.TryParse(reader.ValueSpan, out long number, out var length) && length == reader.ValueSpan.Length
                ? new NumberField(number)
                : Of(s_text.Read(ref reader, typeof(string), options));

        public override void Write(Utf8JsonWriter writer, NumberField value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
