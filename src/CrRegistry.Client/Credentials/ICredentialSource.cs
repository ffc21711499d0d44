namespace CrRegistry.Client.Credentials;

/// <summary>One step of the credential chain.</summary>
internal interface ICredentialSource
{
    /// <summary>
    /// Looks for a credential. A source gives a whole one or says why it has none;
    /// one that is present but broken throws, which ends the chain: otherwise another identity would act unnoticed.
    /// </summary>
    Task<CredentialAnswer> AskAsync(CancellationToken cancellationToken);
}
