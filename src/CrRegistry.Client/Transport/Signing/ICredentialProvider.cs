using CrRegistry.Requests;

namespace CrRegistry.Client.Transport.Signing;

/// <summary>Returns the credential for each request.</summary>
internal interface ICredentialProvider
{
    /// <summary>The identity that was found; null before the first request, and if the user specified the credential.</summary>
    CredentialIdentity? Identity { get; }

    /// <exception cref="CrApiException">There is no credential; the code is <see cref="CrErrorCode.CredentialUnavailable"/>.</exception>
    Task<Credential> GetAsync(CancellationToken cancellationToken);

    /// <summary>Requests a new credential after the service rejected the token of one.</summary>
    /// <param name="rejected">The credential that the service rejected.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>A newer credential, or <paramref name="rejected"/> itself if there is none.</returns>
    Task<Credential> RenewAsync(Credential rejected, CancellationToken cancellationToken);
}
