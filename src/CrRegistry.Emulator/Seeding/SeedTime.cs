using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrRegistry.Emulator.Seeding;

/// <summary>Reads the forms in which Windows PowerShell and PowerShell 7 write a time.</summary>
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

        // A time without an offset is local, because PowerShell writes local times in this form.
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

    // An offset only affects the display of the time, not the time itself.
    [GeneratedRegex(@"^/Date\((?<ms>-?\d+)([+-]\d{4})?\)/$")]
    private static partial Regex WindowsPowerShell();
}
