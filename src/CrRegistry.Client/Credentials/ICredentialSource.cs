namespace CrRegistry.Client.Credentials;

/// <summary>One step of the credential chain.</summary>
internal interface ICredentialSource
{
    /// <summary>
    /// Looks for a credential. A source gives a whole one or says why it has none;
    /// one that is present but broken throws, which ends the chain: otherwise another identity would act unnoticed.
    /// </summary>
    Task<CredentialResult> AskAsync(CancellationToken cancellationToken);

    /// <summary>Returns the credential that this source is set up for, as a user would name it, without any request; null if it is not set up.</summary>
    string? Offer(CancellationToken cancellationToken);
}
