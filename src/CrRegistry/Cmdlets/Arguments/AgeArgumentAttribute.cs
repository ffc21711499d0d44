using System.Globalization;
using System.Management.Automation;

namespace CrRegistry;

/// <summary>
/// Accepts an age as a time span or as a date, and returns the instant in UTC. It rejects values that PowerShell would interpret differently: a number
/// is a count of 100 nanoseconds, and a date with a slash depends on the culture. It also rejects a wrong sign, which makes every tag old enough.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AgeArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Valid = "For 90 days specify '90.00:00' or (Get-Date).AddDays(-90).";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null => throw Empty,
            TimeSpan span => Before(span),
            DateTime date => Past(date),
            DateTimeOffset date => Past(date.UtcDateTime),
            string text => Parse(text.Trim()),
            bool => throw Neither(value),
            _ when LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out double _) => throw NoUnit(value),
            _ => throw Neither(value),
        };
    }

    private static ArgumentTransformationMetadataException Empty => new($"The age is empty. {Valid}");

    private static DateTime Parse(string text)
    {
        if (text.Length == 0) throw Empty;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) throw NoUnit(text);
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)) return Before(span);
        var isIso = text.Length >= 10 && text[4] == '-' && text[7] == '-';
        return isIso && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var date) ? Past(date) : throw Neither(text);
    }

    private static DateTime Before(TimeSpan span)
    {
        var now = DateTime.UtcNow;
        if (span <= TimeSpan.Zero) throw new ArgumentTransformationMetadataException($"'{span}' is not a positive time span. {Valid}");
        return span.Ticks < now.Ticks ? now - span : throw new ArgumentTransformationMetadataException($"The time span '{span}' is too long. {Valid}");
    }

    private static DateTime Past(DateTime date)
    {
        var instant = date.ToUniversalTime();
        return instant <= DateTime.UtcNow
            ? instant
            : throw new ArgumentTransformationMetadataException(string.Format(CultureInfo.InvariantCulture, "'{0:u}' is in the future. Every tag would be older. {1}", instant, Valid));
    }

    private static ArgumentTransformationMetadataException NoUnit(object value) => new($"'{TextOf(value)}' has no unit. {Valid}");

    private static ArgumentTransformationMetadataException Neither(object value) =>
        new($"'{TextOf(value)}' is neither a time span nor a date. {Valid} A date as text has the form '2026-08-29'.");

    private static string TextOf(object value) => SafeText.Of(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);
}
