using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials;

/// <summary>
/// Variables that name a part of a credential, without those that name the rest. A profile may have the rest. If it has not, this is an error:
/// whoever set them meant another identity than that of the next source.
/// </summary>
internal static class IncompleteVariables
{
    /// <param name="used">The variables that a profile takes a field from.</param>
    /// <exception cref="CrApiException">A variable is set that nothing completes.</exception>
    public static void Check(IReadOnlyCollection<string> used)
    {
        CheckKey(used);
        CheckOidc(used);
    }

    private static void CheckKey(IReadOnlyCollection<string> used)
    {
        var (id, secret, token) = (IsSet(AccessKeyId), IsSet(AccessKeySecret), IsSet(SecurityToken));
        if ((id && secret) || !(id || secret || token) || new[] { AccessKeyId, AccessKeySecret, SecurityToken }.Any(used.Contains)) return;
        throw id ? Half(AccessKeyId, AccessKeySecret) : Half(secret ? AccessKeySecret : SecurityToken, AccessKeyId);
    }

    private static void CheckOidc(IReadOnlyCollection<string> used)
    {
        var (provider, tokenFile) = (IsSet(OidcProviderArn), IsSet(OidcTokenFile));
        // A role by itself is complete: the SDKs take it for other ways to a role, too.
        if ((provider && tokenFile && IsSet(RoleArn)) || !(provider || tokenFile) || new[] { OidcProviderArn, OidcTokenFile }.Any(used.Contains)) return;
        throw CredentialFailure.Of("OIDC: " + (provider ? Half(OidcProviderArn, tokenFile ? RoleArn : OidcTokenFile) : Half(OidcTokenFile, OidcProviderArn)).Message);
    }

    private static bool IsSet(string variable) => FindKey(variable) is not null;

    private static CrApiException Half(string present, string missing) => CredentialFailure.Of($"The environment variable {present} is set, but {missing} is not.");
}
