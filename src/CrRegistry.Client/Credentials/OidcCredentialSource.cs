using CrRegistry.Client.Credentials.Sts;
using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials;

/// <summary>A role that is assumed with the token of an identity provider. In a cluster with RRSA, a pod's environment contains the role, the provider and the token file.</summary>
internal sealed class OidcCredentialSource(StsClient sts) : ICredentialSource
{
    private const string Place = "OIDC";

    public async Task<CredentialResult> AskAsync(CancellationToken cancellationToken)
    {
        if (Read(OidcProviderArn) is not { } provider || Read(OidcTokenFile) is not { } tokenFile || Read(RoleArn) is not { } role)
            return CredentialResult.None($"{Place}: {OidcProviderArn} and {OidcTokenFile} are not set.");
        var request = new RoleRequest(Sts.StsEndpoint.Of(sts.Choice, Place), role) { SessionName = Read(RoleSessionName) };
        return CredentialResult.Found(
            await CredentialFailure.NamingAsync(Place, token => sts.AssumeRoleWithOidcAsync(request, provider, tokenFile, token), cancellationToken).ConfigureAwait(false),
            this, Offer(cancellationToken)!);
    }

    public string? Offer(CancellationToken cancellationToken) => Read(OidcProviderArn) is not null && Read(OidcTokenFile) is not null && Read(RoleArn) is { } role
        ? $"role '{Profiles.FileText.Name(role)}' with the token file from {OidcTokenFile}"
        : null;
}
