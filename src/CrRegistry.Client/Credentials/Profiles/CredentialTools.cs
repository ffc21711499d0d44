using CrRegistry.Client.Credentials.Ecs;
using CrRegistry.Client.Credentials.Sts;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>What a profile may need to become a credential.</summary>
internal sealed record CredentialTools(StsClient Sts, EcsMetadata Metadata, ExternalProcess Process, Func<DateTimeOffset> Clock);
