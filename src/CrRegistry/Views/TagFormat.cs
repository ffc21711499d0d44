using System.Globalization;

namespace CrRegistry;

/// <summary>The texts of the columns in views of tags. Each method also accepts values of a deserialized tag.</summary>
public static class TagFormat
{
    private const int ShortDigestLength = 12;

    private static readonly string[] s_units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>Returns a size in a suitable unit. As in PowerShell, 1 KB is 1024 bytes.</summary>
    /// <param name="bytes">The bytes; null returns an empty text.</param>
    /// <returns>For example <c>25.9 MB</c>.</returns>
    public static string Size(long? bytes)
    {
        if (bytes is not { } size) return string.Empty;
        var unit = 0;
        var amount = (double)size;
        for (; amount >= 1023.95 && unit < s_units.Length - 1; unit++) amount /= 1024;
        return amount.ToString(unit == 0 ? "0" : "0.0", CultureInfo.CurrentCulture) + " " + s_units[unit];
    }

    /// <summary>Returns the age of a time.</summary>
    /// <param name="time">The time, of kind Local or Utc; null returns <c>unknown</c>.</param>
    /// <returns>For example <c>12 days</c>.</returns>
    public static string Age(DateTime? time) => time is { } then ? Span(DateTime.UtcNow - then.ToUniversalTime()) : "unknown";

    /// <summary>Returns the time until a time.</summary>
    /// <param name="time">The time, of kind Local or Utc; null returns <c>unknown</c>.</param>
    /// <returns>For example <c>59 minutes</c>; <c>expired</c> if the time has passed.</returns>
    public static string TimeLeft(DateTime? time) => time is not { } then ? "unknown" : then.ToUniversalTime() is var end && end <= DateTime.UtcNow ? "expired" : Span(end - DateTime.UtcNow);

    /// <summary>Returns the beginning of a digest, which is enough to distinguish images.</summary>
    /// <param name="digest">The digest; null returns an empty text.</param>
    /// <returns>Its first 12 characters.</returns>
    public static string ShortDigest(string? digest) =>
        digest is { Length: > ShortDigestLength } ? digest.Substring(0, ShortDigestLength) : digest ?? string.Empty;

    /// <summary>Returns the name of a tag's repository, or else its ID.</summary>
    /// <param name="repoNamespaceName">Its namespace.</param>
    /// <param name="repoName">Its name.</param>
    /// <param name="repoId">Its ID.</param>
    /// <returns><c>namespace/name</c>, or the ID.</returns>
    public static string Repository(string? repoNamespaceName, string? repoName, string? repoId) =>
        string.IsNullOrEmpty(repoName) ? repoId ?? string.Empty : $"{repoNamespaceName}/{repoName}";

    /// <summary>Returns numbers as a row of blocks. The highest block is the largest number, and the lowest one is 0.</summary>
    /// <param name="numbers">The numbers, none of which is negative.</param>
    /// <returns>For example <c>▁▃█▂▁▁▁</c>.</returns>
    public static string Sparkline(long[] numbers)
    {
        const string blocks = "▁▂▃▄▅▆▇█";
        var largest = numbers.Length == 0 ? 0 : numbers.Max();
        // A small number must not look like 0.
        return string.Concat(numbers.Select(number => blocks[number == 0 ? 0 : (int)Math.Ceiling((double)number / largest * (blocks.Length - 1))]));
    }

    private static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => "now",
        { TotalHours: < 1 } => Count((int)span.TotalMinutes, "minute"),
        { TotalDays: < 1 } => Count((int)span.TotalHours, "hour"),
        _ => Count((int)span.TotalDays, "day"),
    };

    private static string Count(int number, string unit) => $"{number} {unit}{(number == 1 ? string.Empty : "s")}";
}
