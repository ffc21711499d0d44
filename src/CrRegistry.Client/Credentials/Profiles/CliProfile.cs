using CrRegistry.Client.Credentials.Json;
using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>A profile of the aliyun CLI as the CLI uses it. Empty fields come from the environment. A missing mode is inferred from the fields.</summary>
internal sealed class CliProfile
{
    private readonly List<string> _variables = [];

    /// <summary>Completes a profile.</summary>
    /// <param name="file">The file that contains the profile; empty if all fields come from the environment.</param>
    /// <param name="fields">The fields in the file.</param>
    /// <param name="isSource">True if the profile is the source of a role. The CLI infers no mode for it from the environment.</param>
    public CliProfile(string file, CliProfileFields fields, bool isSource)
    {
        Place = new ProfilePlace(file, fields.Name!);
        IsEmpty = IsEmptyIn(fields);
        var mode = NullIfBlank(fields.Mode) ?? (isSource ? ModeOf(fields) : null);
        var filled = Fill(fields with { Mode = mode });
        Fields = filled with { Mode = mode ?? ModeOf(filled) };
    }

    public ProfilePlace Place { get; }

    public CliProfileFields Fields { get; }

    public string? Mode => Fields.Mode;

    /// <summary>True if the file contains no part of a credential, as in a profile that was created and never configured.</summary>
    public bool IsEmpty { get; }

    /// <summary>True if neither the file nor the environment contains a credential.</summary>
    public bool HasNothing => IsEmpty && (Mode is null || (Mode == "AK" && Fields is { AccessKeyId: null, AccessKeySecret: null }));

    /// <summary>True if the profile contains only values that the first steps of the chain read from the environment.</summary>
    public bool IsOfEarlierSteps => IsEmpty && Variables.FirstOrDefault() is { } variable && variable.StartsWith("ALIBABA_CLOUD_", StringComparison.Ordinal);

    /// <summary>The environment variables from which the fields of the mode were completed.</summary>
    public IReadOnlyCollection<string> Variables => [.. _variables.Where(IsNeeded)];

    /// <summary>The place of the credential in a user's words.</summary>
    public string Origin => IsEmpty && Variables.FirstOrDefault() is { } variable ? $"environment variable {variable}" : Place.Origin;

    private static bool IsEmptyIn(CliProfileFields fields) => NullIfBlank(fields.Mode) is null or "AK" && new[]
    {
        fields.AccessKeyId, fields.AccessKeySecret, fields.StsToken, fields.RamRoleArn, fields.RamRoleName, fields.SourceProfile, fields.PrivateKey, fields.KeyPairName,
        fields.ProcessCommand, fields.CredentialsUri, fields.OidcProviderArn, fields.OidcTokenFile, fields.CloudSsoSignInUrl, fields.AccessToken,
        fields.OauthSiteType, fields.OauthAccessToken, fields.OauthRefreshToken, fields.BearerToken,
    }.All(string.IsNullOrWhiteSpace);

    private bool IsNeeded(string variable) =>
        AccessKeyIds.Contains(variable) || AccessKeySecrets.Contains(variable) || SecurityTokens.Contains(variable) ? Mode is "AK" or "StsToken" or "RamRoleArn"
        : !(OidcProviderArns.Contains(variable) || OidcTokenFiles.Contains(variable)) || Mode == "OIDC";

    private CliProfileFields Fill(CliProfileFields fields)
    {
        var (id, isOfEnvironment) = FillKey(fields.AccessKeyId, AccessKeyIds);
        // A token in the environment mostly belongs to another key. The CLI then fails, and the SDKs ignore the token.
        var takesToken = isOfEnvironment || fields.Mode == "StsToken" || id?.StartsWith("STS.", StringComparison.Ordinal) == true;
        return fields with
        {
            AccessKeyId = id,
            AccessKeySecret = FillKey(fields.AccessKeySecret, AccessKeySecrets).Value,
            StsToken = takesToken ? FillKey(fields.StsToken, SecurityTokens).Value : NullIfBlank(fields.StsToken),
            RamRoleArn = Fill(fields.RamRoleArn, RoleArns),
            RamSessionName = Fill(fields.RamSessionName, RoleSessionName),
            ExternalId = Fill(fields.ExternalId, ExternalIds),
            OidcProviderArn = Fill(fields.OidcProviderArn, OidcProviderArns),
            OidcTokenFile = Fill(fields.OidcTokenFile, OidcTokenFiles),
            CredentialsUri = Fill(fields.CredentialsUri, CredentialVariable.CredentialsUri),
        };
    }

    private string? Fill(string? value, params string[] names)
    {
        if (NullIfBlank(value) is { } own) return own;
        if (Find(names) is not var (name, found)) return null;
        _variables.Add(name);
        return found;
    }

    private (string? Value, bool IsOfEnvironment) FillKey(string? value, string[] names)
    {
        if (NullIfBlank(value) is { } own) return (own, false);
        if (FindKey(names) is not { } variable) return (null, false);
        _variables.Add(variable.Name);
        return (EnvironmentCredentialSource.Part(variable), true);
    }

    /// <summary>Infers the mode in the order of the CLI.</summary>
    private static string? ModeOf(CliProfileFields fields)
    {
        static bool Has(params string?[] values) => !values.Any(string.IsNullOrWhiteSpace);

        if (Has(fields.AccessKeyId, fields.AccessKeySecret)) return Has(fields.StsToken) ? "StsToken" : Has(fields.RamRoleArn) ? "RamRoleArn" : "AK";
        if (Has(fields.PrivateKey, fields.KeyPairName)) return "RsaKeyPair";
        if (Has(fields.RamRoleName)) return "EcsRamRole";
        if (Has(fields.ProcessCommand)) return "External";
        if (Has(fields.OidcProviderArn, fields.OidcTokenFile, fields.RamRoleArn)) return "OIDC";
        if (Has(fields.CloudSsoSignInUrl)) return "CloudSSO";
        return Has(fields.BearerToken) ? "BearerToken" : null;
    }

    private static string? NullIfBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
