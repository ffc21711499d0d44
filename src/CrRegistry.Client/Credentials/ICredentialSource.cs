namespace CrRegistry.Client.Credentials;

/// <summary>One step of the credential chain.</summary>
internal interface ICredentialSource
{
    /// <summary>
    /// Looks for a credential. Returns a complete credential, or the reason for its absence.
    /// Throws if the credential is invalid. This ends the chain, because otherwise another identity would be used unnoticed.
    /// </summary>
    Task<CredentialResult> AskAsync(CancellationToken cancellationToken);

    /// <summary>Returns the credential that this source is configured for, in a user's words and without a request; null if it is not configured.</summary>
    string? Offer(CancellationToken cancellationToken);
}
