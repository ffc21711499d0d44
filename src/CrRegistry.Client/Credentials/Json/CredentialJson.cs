using System.Text.Json.Serialization;
using CrRegistry.Client.Operations.Json;

namespace CrRegistry.Client.Credentials.Json;

/// <summary>How the services that give credentials are read: names exactly as they write them.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, MaxDepth = 32, Converters = [typeof(LenientStringConverter)])]
[JsonSerializable(typeof(CredentialFields))]
[JsonSerializable(typeof(AssumeRoleReply))]
[JsonSerializable(typeof(CloudSsoReply))]
[JsonSerializable(typeof(CloudSsoRequest))]
[JsonSerializable(typeof(OAuthExchangeReply))]
[JsonSerializable(typeof(OAuthTokenReply))]
internal sealed partial class CredentialJson : JsonSerializerContext;
