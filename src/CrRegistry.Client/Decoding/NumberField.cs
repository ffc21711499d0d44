using System.Globalization;

namespace CrRegistry.Client.Decoding;

/// <summary>
/// A field that should contain an integer. The samples of the service write the same field as a number and as text.
/// Each tag has three of them, so the type is small.
/// </summary>
internal readonly struct NumberField
{
    /// <summary>Marks a field whose value is in <see cref="_number"/>.</summary>
    private static readonly string s_readable = new('0', 1);

    private readonly long _number;
    private readonly string? _text;

    /// <param name="number">The value of the field.</param>
    public NumberField(long number) => (_number, _text) = (number, s_readable);

    private NumberField(string text) => _text = text;

    /// <summary>The number; null if the field is missing, empty or invalid.</summary>
    public long? Value => ReferenceEquals(_text, s_readable) ? _number : null;

    /// <summary>The value that is not a number; null if there is none.</summary>
    public string? Unreadable => ReferenceEquals(_text, s_readable) ? null : _text;

    /// <summary>True if the field is missing or empty.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>Reads a text.</summary>
    public static NumberField Of(string? text) => string.IsNullOrWhiteSpace(text)
        ? default
        : long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? new NumberField(number)
            : new NumberField(text!);

    public override string ToString() => Unreadable ?? Value?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
}
