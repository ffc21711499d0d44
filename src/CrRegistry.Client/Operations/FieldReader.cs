using System.Globalization;

namespace CrRegistry.Client.Operations;

/// <summary>Reads single values from the text of a field. Empty is null; what is there but unreadable is no value at all.</summary>
internal static class FieldReader
{
    private static readonly long s_earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static string? Text(string? field) => string.IsNullOrEmpty(field) ? null : field;

    public static bool TryNumber(string? field, out long? value)
    {
        value = null;
        if (string.IsNullOrWhiteSpace(field)) return true;
        if (!long.TryParse(field, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)) return false;
        value = number;
        return true;
    }

    /// <summary>Milliseconds since 1970 as local time: the kind of every time that PowerShell shows and compares.</summary>
    public static bool TryTime(string? field, out DateTime? value)
    {
        value = null;
        if (!TryNumber(field, out var milliseconds)) return false;
        if (milliseconds is not { } ms) return true;
        if (ms < s_earliest || ms > s_latest) return false;
        value = DateTimeOffset.FromUnixTimeMilliseconds(ms).LocalDateTime;
        return true;
    }
}
