using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrRegistry.Client.Decoding.Json;

/// <summary>Reads a scalar as <see cref="LenientStringConverter"/> does, and ignores other values, so that a rejection is reported with any fields beside its code.</summary>
internal sealed class ScalarOrNothingConverter : JsonConverter<string?>
{
    private static readonly LenientStringConverter s_scalar = new();

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return s_scalar.Read(ref reader, typeToConvert, options);
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => s_scalar.Write(writer, value, options);
}
