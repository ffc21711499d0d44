namespace CrRegistry.Client.Transport.Signing;

/// <summary>One identity to sign with. Neither secret is ever part of a text that this type makes.</summary>
/// <param name="accessKeyId">The AccessKey ID.</param>
/// <param name="accessKeySecret">The AccessKey secret.</param>
/// <param name="securityToken">The token of a temporary (STS) credential; null for a lasting one.</param>
internal sealed class Credential(string accessKeyId, string accessKeySecret, string? securityToken = null)
{
    /// <summary>The AccessKey ID.</summary>
    public string AccessKeyId { get; } = accessKeyId;

    internal string AccessKeySecret { get; } = accessKeySecret;

    internal string? SecurityToken { get; } = securityToken;

    /// <summary>Makes a credential with another time of expiration.</summary>
    internal Credential(Credential credential, DateTimeOffset? expiration)
        : this(credential.AccessKeyId, credential.AccessKeySecret, credential.SecurityToken) => Expiration = expiration;

    /// <summary>The time at which a temporary credential expires; null if that is not known, and for a lasting one.</summary>
    internal DateTimeOffset? Expiration { get; init; }

    /// <summary>The place that it came from, as a user would name it; empty until a source of the chain has given it.</summary>
    internal string Origin { get; init; } = "";

    /// <summary>Whether a text can be an id, a secret or a token. No other could be sent: a line break, which many a file ends with, would begin another header.</summary>
    internal static bool CanHold(string? part) => part is { Length: > 0 } && part.All(character => character is > ' ' and <= '~');

    internal bool SignsAs(Credential other) =>
        AccessKeyId == other.AccessKeyId && AccessKeySecret == other.AccessKeySecret && SecurityToken == other.SecurityToken;
}
