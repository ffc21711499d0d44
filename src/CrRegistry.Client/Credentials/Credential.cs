namespace CrRegistry.Client.Credentials;

/// <summary>One identity to sign with. Neither secret is ever part of a text that this type makes.</summary>
/// <param name="accessKeyId">The AccessKey ID.</param>
/// <param name="accessKeySecret">The AccessKey secret.</param>
/// <param name="securityToken">The token of a temporary (STS) credential; null for a lasting one.</param>
public sealed class Credential(string accessKeyId, string accessKeySecret, string? securityToken = null)
{
    /// <summary>The AccessKey ID.</summary>
    public string AccessKeyId { get; } = accessKeyId;

    internal string AccessKeySecret { get; } = accessKeySecret;

    internal string? SecurityToken { get; } = securityToken;

    /// <summary>When a temporary credential ends; null where that is not known, and for a lasting one.</summary>
    internal DateTimeOffset? Expiration { get; init; }

    /// <summary>Whether a text can be an id, a secret or a token: no other could even be sent in a header.</summary>
    internal static bool CanHold(string? part) => part is { Length: > 0 } && part.All(character => character is > ' ' and <= '~');

    /// <summary>This credential, if it can be sent: a line break, which many a file ends with, would begin another header.</summary>
    /// <exception cref="CrApiException">The AccessKey ID or the token has a control character in it.</exception>
    internal Credential RequireSendable() =>
        AccessKeyId.Any(char.IsControl) ? throw Unsendable("AccessKey ID")
        : SecurityToken?.Any(char.IsControl) == true ? throw Unsendable("security token")
        : this;

    private static CrApiException Unsendable(string part) =>
        CredentialFailure.Of($"The {part} has a control character in it, such as a line break at its end: give it without.");

    internal bool SignsAs(Credential other) =>
        AccessKeyId == other.AccessKeyId && AccessKeySecret == other.AccessKeySecret && SecurityToken == other.SecurityToken;
}
