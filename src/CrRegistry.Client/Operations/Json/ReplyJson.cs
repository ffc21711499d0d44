using System.Text.Json.Serialization;
using CrRegistry.Client.Api;

namespace CrRegistry.Client.Operations.Json;

/// <summary>
/// How the replies of the operations are read: names exactly as the API writes them, unknown fields ignored, no field twice.
/// Replies in XML are read by the same contract: see <see cref="XmlReplyReader"/>.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, MaxDepth = MaxDepth, Converters = [typeof(LenientStringConverter), typeof(NumberFieldConverter)])]
[JsonSerializable(typeof(ListRepoTagReply))]
[JsonSerializable(typeof(ImageFields))]
[JsonSerializable(typeof(ListRepositoryReply))]
[JsonSerializable(typeof(RepositoryFields))]
internal sealed partial class ReplyJson : JsonSerializerContext
{
    /// <summary>How deep a reply may be nested, in either format.</summary>
    public const int MaxDepth = 32;
}
