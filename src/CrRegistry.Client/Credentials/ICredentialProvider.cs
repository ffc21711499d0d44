namespace CrRegistry.Client.Credentials;

/// <summary>Gives the credential to sign with, at the moment of signing.</summary>
internal interface ICredentialProvider
{
    /// <exception cref="CrApiException">No credential could be had; the code is <see cref="CrErrorCode.CredentialUnavailable"/>.</exception>
    Task<Credential> GetAsync(CancellationToken cancellationToken);
}
