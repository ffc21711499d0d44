namespace CrRegistry.Client.Credentials;

/// <summary>What one step of the chain said: a credential, or the reason why it has none.</summary>
internal readonly record struct CredentialAnswer
{
    public Credential? Credential { get; private init; }

    /// <summary>Who is asked when the credential is to be renewed: the very profile, whatever is the current one by then.</summary>
    public ICredentialSource? Renewal { get; private init; }

    /// <summary>A whole sentence, for the list of all reasons when no step had a credential.</summary>
    public string? Reason { get; private init; }

    public static CredentialAnswer Found(Credential credential, ICredentialSource renewal) => new() { Credential = credential, Renewal = renewal };

    public static CredentialAnswer None(string reason) => new() { Reason = reason };
}
