namespace CrRegistry.Client.Credentials;

/// <summary>
/// The environment variables that the chain reads: those of the official SDKs, and the other names that the aliyun CLI accepts, in its order.
/// An empty variable is treated as not set.
/// </summary>
internal static class CredentialVariable
{
    public const string AccessKeyId = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    public const string AccessKeySecret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    public const string SecurityToken = "ALIBABA_CLOUD_SECURITY_TOKEN";
    public const string RoleArn = "ALIBABA_CLOUD_ROLE_ARN";
    public const string OidcProviderArn = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
    public const string OidcTokenFile = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
    public const string RoleSessionName = "ALIBABA_CLOUD_ROLE_SESSION_NAME";
    public const string StsEndpoint = "ALIBABA_CLOUD_STS_ENDPOINT";
    public const string StsRegion = "ALIBABA_CLOUD_STS_REGION";
    public const string VpcEndpointEnabled = "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED";
    public const string ConfigFile = "ALIBABA_CLOUD_CONFIG_FILE";
    public const string CliProfileDisabled = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
    public const string ExternalProcessDisabled = "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS";
    public const string CredentialsFile = "ALIBABA_CLOUD_CREDENTIALS_FILE";
    public const string EcsMetadata = "ALIBABA_CLOUD_ECS_METADATA";
    public const string EcsMetadataDisabled = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
    public const string ImdsV1Disabled = "ALIBABA_CLOUD_IMDSV1_DISABLED";
    public const string CredentialsUri = "ALIBABA_CLOUD_CREDENTIALS_URI";
    public const string RegionId = "ALIBABA_CLOUD_REGION_ID";

    public static string[] AccessKeyIds { get; } = [AccessKeyId, "ALIBABACLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY_ID", "ACCESS_KEY_ID"];

    public static string[] AccessKeySecrets { get; } = [AccessKeySecret, "ALIBABACLOUD_ACCESS_KEY_SECRET", "ALICLOUD_ACCESS_KEY_SECRET", "ACCESS_KEY_SECRET"];

    public static string[] SecurityTokens { get; } = [SecurityToken, "ALIBABACLOUD_SECURITY_TOKEN", "ALICLOUD_SECURITY_TOKEN", "SECURITY_TOKEN"];

    public static string[] Profiles { get; } = ["ALIBABACLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE"];

    public static string[] IgnoreProfile { get; } = ["ALIBABA_CLOUD_IGNORE_PROFILE", "ALIBABACLOUD_IGNORE_PROFILE"];

    public static string[] RoleArns { get; } = ["ALIBABACLOUD_ROLE_ARN", RoleArn];

    public static string[] OidcProviderArns { get; } = ["ALIBABACLOUD_OIDC_PROVIDER_ARN", OidcProviderArn];

    public static string[] OidcTokenFiles { get; } = ["ALIBABACLOUD_OIDC_TOKEN_FILE", OidcTokenFile];

    public static string[] ExternalIds { get; } = ["ALIBABACLOUD_EXTERNAL_ID", "ALIBABA_CLOUD_EXTERNAL_ID"];

    public static string[] EndpointTypes { get; } = ["ALIBABA_CLOUD_ENDPOINT_TYPE", "ALIBABACLOUD_ENDPOINT_TYPE", "ALICLOUD_ENDPOINT_TYPE", "ENDPOINT_TYPE"];

    /// <summary>The variables from which the CLI reads a region that the profile does not contain.</summary>
    public static string[] RegionIds { get; } = [RegionId, "ALIBABACLOUD_REGION_ID", "ALICLOUD_REGION_ID", "REGION_ID", "REGION"];

    /// <summary>Returns the value of the first variable that is set.</summary>
    public static string? Read(params string[] names) => Find(names)?.Value;

    /// <summary>Finds the first variable that is set. White space around the value is removed, because a file of variables may have the line ends of another system.</summary>
    /// <exception cref="CrApiException">The value is in quotation marks.</exception>
    public static (string Name, string Value)? Find(params string[] names)
    {
        foreach (var name in names)
        {
            if (FindKey(name)?.Value.Trim() is { Length: > 0 } value) return (name, value);
        }

        return null;
    }

    /// <summary>Finds the first variable of a credential that is set. The value is not trimmed. A value that cannot be valid is an error.</summary>
    /// <exception cref="CrApiException">The value is in quotation marks.</exception>
    public static (string Name, string Value)? FindKey(params string[] names)
    {
        foreach (var name in names)
        {
            if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 } value) continue;
            if (IsQuoted(value.Trim()))
                throw CredentialFailure.Of($"The value of the environment variable {name} is in quotation marks, which are part of the value. Remove them.");
            return (name, value);
        }

        return null;
    }

    public static bool IsTrue(string name) => string.Equals(Read(name), bool.TrueString, StringComparison.OrdinalIgnoreCase);

    private static bool IsQuoted(string value) => value.Length > 0 && (value[0] is '"' or '\'' || value[value.Length - 1] is '"' or '\'');
}
