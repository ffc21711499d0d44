namespace CrRegistry.Client.Credentials.Json;

/// <summary>A temporary credential, as STS, the ECS metadata and a credentials URI write it.</summary>
internal sealed class CredentialFields
{
    public string? Code { get; set; }

    public string? AccessKeyId { get; set; }

    public string? AccessKeySecret { get; set; }

    public string? SecurityToken { get; set; }

    public string? Expiration { get; set; }
}

/// <summary>The reply of AssumeRole and AssumeRoleWithOIDC.</summary>
internal sealed class AssumeRoleReply
{
    public CredentialFields? Credentials { get; set; }
}
