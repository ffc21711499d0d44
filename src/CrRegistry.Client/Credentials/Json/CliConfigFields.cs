namespace CrRegistry.Client.Credentials.Json;

/// <summary>The configuration file of the aliyun CLI. All scalars are text.</summary>
internal sealed class CliConfigFields
{
    public string? Current { get; set; }

    public List<CliProfileFields?>? Profiles { get; set; }
}

/// <summary>One profile of it, and what a process_command writes: that has an Expiration too.</summary>
internal sealed class CliProfileFields
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

    public string? Expiration { get; set; }
}
