using CrRegistry.Client.Credentials.Ecs;
using CrRegistry.Client.Credentials.Http;
using CrRegistry.Client.Credentials.SignIn;
using CrRegistry.Client.Credentials.Sts;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>The services and programs that a profile may need to get a credential.</summary>
internal sealed record CredentialTools(
    StsClient Sts, EcsMetadata Metadata, ExternalProcess Process, CredentialsUriClient Uri, CloudSsoClient CloudSso, OAuthClient OAuth, Func<DateTimeOffset> Clock);
