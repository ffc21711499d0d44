using CrRegistry.Client.Credentials.Sts;
using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials;

/// <summary>A role that the token of an identity provider is exchanged for: what a pod of a cluster with RRSA is given by its environment.</summary>
internal sealed class OidcCredentialSource(StsClient sts) : ICredentialSource
{
    private const string Place = "OIDC";

    public async Task<CredentialAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var (provider, tokenFile, role) = (Read(OidcProviderArn), Read(OidcTokenFile), Read(RoleArn));
        // ROLE_ARN by itself is no half of this: the SDKs take it for other ways to a role, too.
        if (provider is null && tokenFile is null) return CredentialAnswer.None($"{Place}: {OidcProviderArn} and {OidcTokenFile} are not set.");
        if (provider is null) throw Half(OidcTokenFile, OidcProviderArn);
        if (tokenFile is null) throw Half(OidcProviderArn, OidcTokenFile);
        if (role is null) throw Half(OidcProviderArn, RoleArn);

        var request = new RoleRequest(StsEndpoint.Of(null, null, false, Place), role) { SessionName = Read(RoleSessionName) };
        return CredentialAnswer.Found(
            await CredentialFailure.NamingAsync(Place, token => sts.AssumeRoleWithOidcAsync(request, provider, tokenFile, token), cancellationToken).ConfigureAwait(false), this);
    }

    private static CrApiException Half(string present, string missing) =>
        CredentialFailure.Of($"{Place}: the environment variable {present} is set, but {missing} is not.");
}
