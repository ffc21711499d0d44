using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrRegistry.Client.Decoding.Json;

/// <summary>
/// Reads a scalar of any JSON type as text. The samples of the service write the same field as a number and as a string.
/// </summary>
internal sealed class LenientStringConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        JsonTokenType.True => bool.TrueString,
        JsonTokenType.False => bool.FalseString,
        JsonTokenType.Number => Digits(reader.ValueSpan),
        _ => throw new JsonException("A scalar was expected."),
    };

    // Bodies are read completely, so that each value has one segment.
    private static string Digits(ReadOnlySpan<byte> number)
    {
        Span<char> digits = number.Length <= 64 ? stackalloc char[number.Length] : new char[number.Length];
        for (var place = 0; place < number.Length; place++) digits[place] = (char)number[place];
        return digits.ToString();
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
