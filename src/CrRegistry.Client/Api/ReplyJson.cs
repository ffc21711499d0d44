using System.Text.Json.Serialization;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Decoding.Json;

namespace CrRegistry.Client.Api;

/// <summary>
/// The rules for reading the replies of the operations: names exactly as the API writes them, unknown fields ignored, no field twice.
/// Replies in XML are read by the same contract: see <see cref="XmlReplyReader"/>.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, MaxDepth = ReplyBody.MaxDepth, Converters = [typeof(LenientStringConverter)])]
[JsonSerializable(typeof(EmptyReply))]
[JsonSerializable(typeof(AnyReply))]
[JsonSerializable(typeof(ListRepoTagReply))]
[JsonSerializable(typeof(ImageFields))]
[JsonSerializable(typeof(ListRepositoryReply))]
[JsonSerializable(typeof(RepositoryFields))]
[JsonSerializable(typeof(ListNamespaceReply))]
[JsonSerializable(typeof(NamespaceFields))]
[JsonSerializable(typeof(ListInstanceReply))]
[JsonSerializable(typeof(InstanceFields))]
[JsonSerializable(typeof(ListInstanceEndpointReply))]
[JsonSerializable(typeof(AuthorizationTokenReply))]
[JsonSerializable(typeof(ScanStatusReply))]
[JsonSerializable(typeof(ScanSummaryReply))]
[JsonSerializable(typeof(ListRepoTagScanResultReply))]
internal sealed partial class ReplyJson : JsonSerializerContext;
