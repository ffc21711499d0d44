using System.Globalization;

namespace CrRegistry.Client.Decoding;

/// <summary>
/// A field that is to hold an integer. The service's own samples write the same field as a number and as text.
/// Each tag has three of them: so it is kept as small as it can be.
/// </summary>
internal readonly struct NumberField
{
    /// <summary>Stands for a text that is a number: which one is in <see cref="_number"/>.</summary>
    private static readonly string s_readable = new('0', 1);

    private readonly long _number;
    private readonly string? _text;

    /// <param name="number">What the field holds.</param>
    public NumberField(long number) => (_number, _text) = (number, s_readable);

    private NumberField(string text) => _text = text;

    /// <summary>The number; null where the field is not there, is empty, or holds none.</summary>
    public long? Value => ReferenceEquals(_text, s_readable) ? _number : null;

    /// <summary>What is there and is no number; null where nothing is.</summary>
    public string? Unreadable => ReferenceEquals(_text, s_readable) ? null : _text;

    /// <summary>Whether the field is not there, or empty.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>Reads a text.</summary>
    public static NumberField Of(string? text) => string.IsNullOrWhiteSpace(text)
        ? default
        : long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? new NumberField(number)
            : new NumberField(text!);

    public override string ToString() => Unreadable ?? Value?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
}
