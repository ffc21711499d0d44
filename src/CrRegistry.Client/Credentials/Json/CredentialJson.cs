using System.Text.Json.Serialization;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Decoding.Json;

namespace CrRegistry.Client.Credentials.Json;

/// <summary>Reads the replies of the services that return credentials. Names are case-sensitive.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, MaxDepth = ReplyBody.MaxDepth, Converters = [typeof(LenientStringConverter)])]
[JsonSerializable(typeof(CredentialFields))]
[JsonSerializable(typeof(AssumeRoleReply))]
[JsonSerializable(typeof(CloudSsoReply))]
[JsonSerializable(typeof(CloudSsoRequest))]
[JsonSerializable(typeof(OAuthExchangeReply))]
[JsonSerializable(typeof(OAuthTokenReply))]
internal sealed partial class CredentialJson : JsonSerializerContext;
