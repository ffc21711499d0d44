using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrRegistry.Client.Decoding.Json;

/// <summary>Reads a scalar as <see cref="LenientStringConverter"/> does. Equal values of successive rows share one string.</summary>
internal sealed class RepeatedTextConverter : JsonConverter<string?>
{
    private static readonly LenientStringConverter s_scalar = new();

    private volatile string? _last;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var last = _last;
        if (last is not null && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(last)) return last;
        return _last = s_scalar.Read(ref reader, typeToConvert, options);
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => s_scalar.Write(writer, value, options);
}
