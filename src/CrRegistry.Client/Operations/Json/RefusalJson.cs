using System.Text.Json.Serialization;

namespace CrRegistry.Client.Operations.Json;

/// <summary>How refusals are read: the gateway writes their names in upper or lower case.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, MaxDepth = 32, PropertyNameCaseInsensitive = true, Converters = [typeof(LenientStringConverter)])]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class RefusalJson : JsonSerializerContext;
