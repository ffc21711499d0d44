namespace CrRegistry.Client.Credentials.Sts;

/// <summary>The settings of a profile and a connection for the host of STS. If all are null, the environment is used.</summary>
internal sealed record StsChoice
{
    /// <summary>The region of the registry. Inside a VPC it takes precedence over that of a profile.</summary>
    public string? ConnectionRegion { get; init; }

    /// <summary>True if the registry is called inside a VPC.</summary>
    public bool IsConnectionVpc { get; init; }

    /// <summary>The field sts_endpoint.</summary>
    public string? Host { get; init; }

    /// <summary>The field sts_region.</summary>
    public string? Region { get; init; }

    /// <summary>True if the field enable_vpc of the official SDKs requests the host inside a VPC. Only regional hosts exist there.</summary>
    public bool IsVpc { get; init; }

    /// <summary>The field endpoint_type of the CLI; 'vpc' for all hosts inside a VPC.</summary>
    public string? EndpointType { get; init; }

    /// <summary>The field region_id: with endpoint_type vpc, the region of STS for a connection without a region.</summary>
    public string? ProfileRegion { get; init; }
}
