using System.Text.Json.Serialization;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Decoding.Json;

namespace CrRegistry.Client.Credentials.Json;

/// <summary>Reads the configuration of the aliyun CLI and the output of a process_command. It tolerates the same types and case as the CLI's own reader.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    MaxDepth = ReplyBody.MaxDepth,
    PropertyNameCaseInsensitive = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(LenientStringConverter)])]
[JsonSerializable(typeof(CliConfigFields))]
internal sealed partial class CliConfigJson : JsonSerializerContext;
