using System.Text.Json.Serialization;

namespace CrRegistry.Client.Decoding.Json;

/// <summary>How refusals are read: the gateway writes their names in upper or lower case.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, MaxDepth = ReplyBody.MaxDepth, PropertyNameCaseInsensitive = true, Converters = [typeof(ScalarOrNothingConverter)])]
[JsonSerializable(typeof(ServiceError))]
internal sealed partial class ServiceErrorJson : JsonSerializerContext;
