using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials;

/// <summary>The result of one step of the chain: a credential, or the reason for its absence.</summary>
internal readonly record struct CredentialResult
{
    public Credential? Credential { get; private init; }

    /// <summary>The source that renews the credential: the same profile, even if another one is current by then.</summary>
    public ICredentialSource? Renewal { get; private init; }

    /// <summary>A complete sentence for the list of all reasons, used if no step has a credential.</summary>
    public string? Reason { get; private init; }

    /// <summary>Another configured place of the same step, or null.</summary>
    public string? PassedOver { get; init; }

    /// <param name="credential">The credential.</param>
    /// <param name="renewal">The source that renews it.</param>
    /// <param name="origin">The place of the credential in a user's words, for example <c>profile 'a' in '/home/me/.aliyun/config.json'</c>.</param>
    public static CredentialResult Found(Credential credential, ICredentialSource renewal, string origin) =>
        new() { Credential = new Credential(credential, credential.Expiration) { Origin = origin }, Renewal = renewal };

    public static CredentialResult None(string reason) => new() { Reason = reason };
}
