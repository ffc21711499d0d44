using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials;

/// <summary>
/// Variables that contain a part of a credential, without the variables for the rest. A profile may contain the rest. If it does not, this is an error,
/// because the user meant another identity than that of the next source.
/// </summary>
internal static class IncompleteVariables
{
    private static readonly string[] s_prefixes = ["ALIBABA_CLOUD_", "ALIBABACLOUD_", "ALICLOUD_"];

    /// <param name="used">The variables from which a profile is completed.</param>
    /// <exception cref="CrApiException">A variable is set that nothing completes.</exception>
    public static void Check(IReadOnlyCollection<string> used)
    {
        CheckKey(used);
        CheckOidc(used);
    }

    /// <summary>
    /// Also checks the other names that the CLI accepts. Only a profile of the CLI is completed from them and takes precedence over them,
    /// so that this is called if no profile of the CLI has a credential. Names without a prefix are not checked, because other programs use them too.
    /// </summary>
    /// <exception cref="CrApiException">A variable is set that nothing completes.</exception>
    public static void CheckAll()
    {
        Check([]);
        if (FindKey(Prefixed([.. AccessKeyIds, .. AccessKeySecrets, .. SecurityTokens])) is { Name: var key } && (FindKey(AccessKeyIds) is null || FindKey(AccessKeySecrets) is null))
            throw Half(key, PrefixOf(key) + (AccessKeyIds.Contains(key) ? "ACCESS_KEY_SECRET" : "ACCESS_KEY_ID"));
        var (provider, tokenFile) = (Find(OidcProviderArns), Find(OidcTokenFiles));
        if ((provider ?? tokenFile)?.Name is not { } oidc || (provider is not null && tokenFile is not null && Find(RoleArns) is not null)) return;
        throw HalfOfOidc(oidc, PrefixOf(oidc) + (provider is null ? "OIDC_PROVIDER_ARN" : tokenFile is null ? "OIDC_TOKEN_FILE" : "ROLE_ARN"));
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
        // A role alone is complete, because the SDKs also use it with other sources.
        if ((provider && tokenFile && IsSet(RoleArn)) || !(provider || tokenFile) || new[] { OidcProviderArn, OidcTokenFile }.Any(used.Contains)) return;
        throw provider ? HalfOfOidc(OidcProviderArn, tokenFile ? RoleArn : OidcTokenFile) : HalfOfOidc(OidcTokenFile, OidcProviderArn);
    }

    private static string[] Prefixed(IEnumerable<string> names) => [.. names.Where(name => PrefixOf(name).Length > 0)];

    /// <summary>Returns the prefix, for example <c>ALICLOUD_</c>; an empty text if the name has no prefix.</summary>
    private static string PrefixOf(string name) => s_prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) ?? "";

    private static bool IsSet(string variable) => FindKey(variable) is not null;

    private static CrApiException Half(string present, string missing) => CredentialFailure.Of($"The environment variable {present} is set, but {missing} is not.");

    private static CrApiException HalfOfOidc(string present, string missing) => CredentialFailure.Of("OIDC: " + Half(present, missing).Message);
}
