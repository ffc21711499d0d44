using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrRegistry.Requests;

namespace CrRegistry.Client.Decoding.Json;

/// <summary>The reply of any operation, with all of its fields.</summary>
[JsonConverter(typeof(AnyReplyConverter))]
internal sealed class AnyReply(ApiObject fields) : ListReply
{
    public ApiObject Fields => fields;

    /// <summary>The token of the next page; null or empty on the last page.</summary>
    public string? NextToken { get; init; }
}

/// <summary>Reads a reply with all of its fields, and the envelope from them.</summary>
internal sealed class AnyReplyConverter : JsonConverter<AnyReply>
{
    public override AnyReply Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An object was expected.");
        var fields = ReadObject(ref reader);
        return new AnyReply(fields)
        {
            Code = ScalarOf(fields["Code"]),
            IsSuccess = ScalarOf(fields["IsSuccess"]),
            Success = ScalarOf(fields["Success"]),
            Message = TextOf(fields["Message"]),
            RequestId = TextOf(fields["RequestId"]),
            PageSize = NumberField.Of(ScalarOf(fields["PageSize"])),
            TotalCount = NumberField.Of(ScalarOf(fields["TotalCount"])),
            NextToken = ScalarOf(fields["NextToken"]),
        };
    }

    public override void Write(Utf8JsonWriter writer, AnyReply value, JsonSerializerOptions options) => JsonText.Write(writer, value.Fields);

    /// <summary>Returns a scalar as text; null for anything else.</summary>
    public static string? TextOf(object? value) => value is string or bool or long or decimal or double ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    /// <summary>Returns a field that decides whether the reply is valid or complete.</summary>
    private static string? ScalarOf(object? value) => TextOf(value) ?? (value is null ? null : throw new JsonException("A scalar was expected."));

    private static ApiObject ReadObject(ref Utf8JsonReader reader)
    {
        var fields = new List<KeyValuePair<string, object?>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            if (!names.Add(name)) throw new JsonException("A field occurs twice.");
            reader.Read();
            fields.Add(new(name, ReadValue(ref reader)));
        }

        return new ApiObject(fields);
    }

    private static object? ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: return ReadObject(ref reader);
            case JsonTokenType.StartArray:
                var items = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(ReadValue(ref reader));
                return items.ToArray();
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.Number: return ReadNumber(ref reader);
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            default: return null;
        }
    }

    /// <summary>Returns a number in the first of the types long, decimal and double that can hold it.</summary>
    private static object ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole)) return whole;
        var number = reader.GetDouble();
        if (double.IsInfinity(number)) throw new JsonException("A number is too large.");
        // Decimal rounds a very small number to 0.
        return reader.TryGetDecimal(out var exact) && (exact != 0 || number == 0) ? exact : number;
    }
}
