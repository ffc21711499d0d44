namespace CrRegistry.Client.Credentials.Json;

/// <summary>The configuration file of the aliyun CLI. All scalars are text.</summary>
internal sealed class CliConfigFields
{
    public string? Current { get; set; }

    public List<CliProfileFields?>? Profiles { get; set; }
}

/// <summary>One profile of the file, and the output of a process_command, which also has an Expiration.</summary>
internal sealed record CliProfileFields
{
    public string? Name { get; set; }

    public string? Mode { get; set; }

    public string? RegionId { get; set; }

    public string? AccessKeyId { get; set; }

    public string? AccessKeySecret { get; set; }

    public string? StsToken { get; set; }

    public string? StsExpiration { get; set; }

    public string? StsRegion { get; set; }

    public string? StsEndpoint { get; set; }

    public string? EnableVpc { get; set; }

    public string? RamRoleName { get; set; }

    public string? RamRoleArn { get; set; }

    public string? RamSessionName { get; set; }

    public string? ExpiredSeconds { get; set; }

    public string? ExternalId { get; set; }

    public string? Policy { get; set; }

    public string? SourceProfile { get; set; }

    public string? OidcProviderArn { get; set; }

    public string? OidcTokenFile { get; set; }

    public string? ProcessCommand { get; set; }

    public string? CredentialsUri { get; set; }

    public string? CloudSsoSignInUrl { get; set; }

    public string? CloudSsoAccountId { get; set; }

    public string? CloudSsoAccessConfig { get; set; }

    public string? AccessToken { get; set; }

    public string? CloudSsoAccessTokenExpire { get; set; }

    public string? OauthSiteType { get; set; }

    public string? OauthAccessToken { get; set; }

    public string? OauthAccessTokenExpire { get; set; }

    public string? OauthRefreshToken { get; set; }

    public string? PrivateKey { get; set; }

    public string? KeyPairName { get; set; }

    public string? BearerToken { get; set; }

    public string? EndpointType { get; set; }

    public string? Expiration { get; set; }
}
