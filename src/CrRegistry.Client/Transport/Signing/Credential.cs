namespace CrRegistry.Client.Transport.Signing;

/// <summary>An identity that signs requests. No text of this type contains its secrets.</summary>
/// <param name="accessKeyId">The AccessKey ID.</param>
/// <param name="accessKeySecret">The AccessKey secret.</param>
/// <param name="securityToken">The token of a temporary (STS) credential; null for a permanent one.</param>
internal sealed class Credential(string accessKeyId, string accessKeySecret, string? securityToken = null)
{
    /// <summary>The AccessKey ID.</summary>
    public string AccessKeyId { get; } = accessKeyId;

    internal string AccessKeySecret { get; } = accessKeySecret;

    internal string? SecurityToken { get; } = securityToken;

    /// <summary>Initializes a copy of a credential with another time of expiration.</summary>
    internal Credential(Credential credential, DateTimeOffset? expiration)
        : this(credential.AccessKeyId, credential.AccessKeySecret, credential.SecurityToken) => Expiration = expiration;

    /// <summary>The time at which a temporary credential expires; null if it is unknown, and for a permanent one.</summary>
    internal DateTimeOffset? Expiration { get; init; }

    /// <summary>The source of the credential, in the words of users; empty until a source of the chain has returned it.</summary>
    internal string Origin { get; init; } = "";

    /// <summary>True if a text can be an ID, a secret or a token. Other characters cannot be sent, because a line break, with which many files end, would begin another header.</summary>
    internal static bool CanHold(string? part) => part is { Length: > 0 } && part.All(character => character is > ' ' and <= '~');

    internal bool SignsAs(Credential other) =>
        AccessKeyId == other.AccessKeyId && AccessKeySecret == other.AccessKeySecret && SecurityToken == other.SecurityToken;
}
