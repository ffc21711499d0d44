using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrRegistry.Emulator.Seeding;

/// <summary>The forms in which the PowerShells write a time.</summary>
internal static partial class SeedTime
{
    public static bool TryRead(JsonElement value, out DateTimeOffset time)
    {
        time = default;
        if (value.ValueKind == JsonValueKind.Number)
            return value.TryGetInt64(out long number) && TryFromMilliseconds(number, out time);
        if (value.ValueKind != JsonValueKind.String)
            return false;
        string text = value.GetString()!;
        if (WindowsPowerShell().Match(text) is { Success: true } match)
            return long.TryParse(match.Groups["ms"].Value, CultureInfo.InvariantCulture, out long number) && TryFromMilliseconds(number, out time);

        // Without an offset it was a local time: so PowerShell shows it, and so it writes it.
        return DateTimeOffset.TryParseExact(text, "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out time);
    }

    private static bool TryFromMilliseconds(long number, out DateTimeOffset time)
    {
        time = default;
        if (number < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || number > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return false;
        time = DateTimeOffset.FromUnixTimeMilliseconds(number);
        return true;
    }

    // An offset, where there is one, says how to show the instant, not which one it is.
    [GeneratedRegex(@"^/Date\((?<ms>-?\d+)([+-]\d{4})?\)/$")]
    private static partial Regex WindowsPowerShell();
}
