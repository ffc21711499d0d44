using System.Text.Json.Serialization;

namespace CrRegistry.Client.Operations.Json;

/// <summary>How refusals are read: the gateway writes their names in upper or lower case.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, MaxDepth = ReplyJson.MaxDepth, PropertyNameCaseInsensitive = true, Converters = [typeof(ScalarOrNothingConverter)])]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class RefusalJson : JsonSerializerContext;
