using System.Text.Json.Serialization;

namespace CrRegistry.Client.Decoding.Json;

/// <summary>The JSON contract of rejections, and of secrets in replies. The gateway writes their names in upper or lower case.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, MaxDepth = ReplyBody.MaxDepth, PropertyNameCaseInsensitive = true, Converters = [typeof(ScalarOrNothingConverter)])]
[JsonSerializable(typeof(ServiceError))]
[JsonSerializable(typeof(SecretFields))]
internal sealed partial class ServiceErrorJson : JsonSerializerContext;
