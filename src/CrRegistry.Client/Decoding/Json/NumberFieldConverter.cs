using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrRegistry.Client.Decoding.Json;

/// <summary>Reads an integer of any JSON type without allocating text. A page of tags has three hundred.</summary>
internal sealed class NumberFieldConverter : JsonConverter<NumberField>
{
    private static readonly LenientStringConverter s_text = new();

    public override NumberField Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Number or JsonTokenType.String
        && Utf8Parser.TryParse(reader.ValueSpan, out long number, out var length) && length == reader.ValueSpan.Length
            ? new NumberField(number)
            : NumberField.Of(s_text.Read(ref reader, typeof(string), options));

    public override void Write(Utf8JsonWriter writer, NumberField value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
