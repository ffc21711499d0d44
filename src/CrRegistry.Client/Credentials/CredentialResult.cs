using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials;

/// <summary>The answer of one step of the chain: a credential, or the reason why it has none.</summary>
internal readonly record struct CredentialResult
{
    public Credential? Credential { get; private init; }

    /// <summary>The source to ask when the credential is to be renewed: the very profile, whatever is the current one by then.</summary>
    public ICredentialSource? Renewal { get; private init; }

    /// <summary>A whole sentence, for the list of all reasons when no step had a credential.</summary>
    public string? Reason { get; private init; }

    /// <summary>Another place of the same step that is set up, too; null if there is none.</summary>
    public string? PassedOver { get; init; }

    /// <param name="credential">The credential.</param>
    /// <param name="renewal">The source to ask when it is to be renewed.</param>
    /// <param name="origin">The place that it came from, as a user would name it, for example <c>profile 'a' in '/home/me/.aliyun/config.json'</c>.</param>
    public static CredentialResult Found(Credential credential, ICredentialSource renewal, string origin) =>
        new() { Credential = new Credential(credential, credential.Expiration) { Origin = origin }, Renewal = renewal };

    public static CredentialResult None(string reason) => new() { Reason = reason };
}
