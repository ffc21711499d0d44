using System.Text.Json.Serialization;

namespace CrRegistry.Client.Credentials.Json;

/// <summary>A temporary credential in the form that STS, CloudSSO, the ECS metadata and a credentials URI return.</summary>
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

/// <summary>The reply of CloudSSO.</summary>
internal sealed class CloudSsoReply
{
    public CredentialFields? CloudCredential { get; set; }
}

/// <summary>The reply of the OAuth service to the exchange of an access token.</summary>
internal sealed class OAuthExchangeReply
{
    [JsonPropertyName("accessKeyId")]
    public string? AccessKeyId { get; set; }

    [JsonPropertyName("accessKeySecret")]
    public string? AccessKeySecret { get; set; }

    [JsonPropertyName("securityToken")]
    public string? SecurityToken { get; set; }

    [JsonPropertyName("expiration")]
    public string? Expiration { get; set; }
}

/// <summary>The reply of the OAuth service to the use of a refresh token.</summary>
internal sealed class OAuthTokenReply
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; set; }

    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; set; }

    [JsonPropertyName("expires_in")]
    public string? ExpiresIn { get; set; }
}

/// <summary>The request to CloudSSO.</summary>
internal sealed class CloudSsoRequest
{
    public string? AccountId { get; set; }

    public string? AccessConfigurationId { get; set; }
}
