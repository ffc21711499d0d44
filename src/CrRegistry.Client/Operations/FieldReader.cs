namespace CrRegistry.Client.Operations;

/// <summary>Reads single values from the text of a field. Empty is null; what is there but unreadable is no value at all.</summary>
internal static class FieldReader
{
    private static readonly long s_earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static string? Text(string? field) => string.IsNullOrEmpty(field) ? null : field;

    /// <summary>Milliseconds since 1970 as local time: the kind of every time that PowerShell shows and compares.</summary>
    public static bool TryTime(NumberField field, out DateTime? value)
    {
        value = null;
        if (field.Value is not { } ms) return field.Unreadable is null;
        if (ms < s_earliest || ms > s_latest) return false;
        value = DateTimeOffset.FromUnixTimeMilliseconds(ms).LocalDateTime;
        return true;
    }
}
