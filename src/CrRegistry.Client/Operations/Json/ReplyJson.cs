using System.Text.Json.Serialization;

namespace CrRegistry.Client.Operations.Json;

/// <summary>How the replies of the operations are read: names exactly as the API writes them, unknown fields ignored.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, MaxDepth = 32, Converters = [typeof(LenientStringConverter)])]
[JsonSerializable(typeof(ListRepoTagReply))]
[JsonSerializable(typeof(ImageFields))]
[JsonSerializable(typeof(GetRepositoryReply))]
internal sealed partial class ReplyJson : JsonSerializerContext;
