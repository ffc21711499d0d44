using CrRegistry.Client.Credentials.Ecs;
using CrRegistry.Client.Credentials.Http;
using CrRegistry.Client.Credentials.Profiles;
using CrRegistry.Client.Credentials.SignIn;
using CrRegistry.Client.Credentials.Sts;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials;

/// <summary>Creates the credential provider of a connection.</summary>
internal static class CredentialProviders
{
    public static ICredentialProvider For(CrConnectionOptions options)
    {
        if (options.Credential is { } credential) return new ExplicitCredentialProvider(credential);
        var http = new CredentialHttp(options);
        var sts = new StsClient(http) { Choice = new StsChoice { ConnectionRegion = options.RegionId, IsConnectionVpc = options.IsVpc } };
        var metadata = new EcsMetadata(http);
        var uri = new CredentialsUriClient(http);
        var tools = new CredentialTools(
            sts, metadata, new ExternalProcess(ExternalProcess.DefaultTimeout), uri, new CloudSsoClient(http), new OAuthClient(http, options.Clock), options.Clock);
        // The order of the official SDKs. If the caller specifies a profile, no other source is tried.
        var chain = options.ProfileName is { } profileName
            ? new CredentialChain(new ProfileCredentialSource(profileName, tools))
            : new CredentialChain(
                new EnvironmentCredentialSource(),
                new OidcCredentialSource(sts),
                new ProfileCredentialSource(null, tools),
                new EcsCredentialSource(metadata),
                new UriCredentialSource(uri));
        return new RefreshingCredentialProvider(chain, options.Clock);
    }
}
