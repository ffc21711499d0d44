using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Credentials;

/// <summary>The credential that the user specified. No other source is tried.</summary>
internal sealed class ExplicitCredentialProvider(Credential credential) : ICredentialProvider
{
    /// <summary>Null, because the user specified the credential and knows its source.</summary>
    public CredentialIdentity? Identity => null;

    /// <exception cref="CrApiException">A part of the credential contains an invalid character.</exception>
    public Task<Credential> GetAsync(CancellationToken cancellationToken)
    {
        Require(credential.AccessKeyId, "AccessKey ID");
        Require(credential.AccessKeySecret, "AccessKey secret");
        if (credential.SecurityToken is { } token) Require(token, "security token");
        return Task.FromResult(credential);
    }

    public Task<Credential> RenewAsync(Credential rejected, CancellationToken cancellationToken) => Task.FromResult(credential);

    private static void Require(string value, string part)
    {
        if (!Credential.CanHold(value))
            throw CredentialFailure.Of($"The {part} is empty, or contains an invalid character, such as a space or a line break.");
    }
}
