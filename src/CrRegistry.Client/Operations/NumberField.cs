using System.Globalization;

namespace CrRegistry.Client.Operations;

/// <summary>A field that is to hold an integer. The service's own samples write the same field as a number and as text.</summary>
/// <param name="Value">The number; null where the field is not there, is empty, or holds none.</param>
/// <param name="Unreadable">What is there and is no number; null where nothing is.</param>
internal readonly record struct NumberField(long? Value, string? Unreadable)
{
    /// <summary>Reads a text.</summary>
    public static NumberField Of(string? text) => string.IsNullOrWhiteSpace(text)
        ? default
        : long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? new NumberField(number, null)
            : new NumberField(null, text);

    public override string ToString() => Unreadable ?? Value?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
}
