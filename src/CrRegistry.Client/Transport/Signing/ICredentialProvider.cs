using CrRegistry.Requests;

namespace CrRegistry.Client.Transport.Signing;

/// <summary>Gives the credential to sign with, at the moment of signing.</summary>
internal interface ICredentialProvider
{
    /// <summary>The credential that was found; null before the first one, and if the user gave it.</summary>
    CredentialIdentity? Identity { get; }

    /// <exception cref="CrApiException">No credential could be had; the code is <see cref="CrErrorCode.CredentialUnavailable"/>.</exception>
    Task<Credential> GetAsync(CancellationToken cancellationToken);

    /// <summary>Asks for another credential after the service said that the token of one is no longer valid.</summary>
    /// <param name="refused">The credential that the service refused.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A newer one, or <paramref name="refused"/> itself where there is none.</returns>
    Task<Credential> RenewAsync(Credential refused, CancellationToken cancellationToken);
}
