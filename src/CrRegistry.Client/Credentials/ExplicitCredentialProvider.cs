using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Credentials;

/// <summary>The credential that the user gave: nothing else is tried.</summary>
internal sealed class ExplicitCredentialProvider(Credential credential) : ICredentialProvider
{
    /// <summary>Null: whoever gave the credential knows it.</summary>
    public CredentialIdentity? Identity => null;

    /// <exception cref="CrApiException">A part of it has a character that none has.</exception>
    public Task<Credential> GetAsync(CancellationToken cancellationToken)
    {
        Require(credential.AccessKeyId, "AccessKey ID");
        Require(credential.AccessKeySecret, "AccessKey secret");
        if (credential.SecurityToken is { } token) Require(token, "security token");
        return Task.FromResult(credential);
    }

    public Task<Credential> RenewAsync(Credential refused, CancellationToken cancellationToken) => Task.FromResult(credential);

    private static void Require(string value, string part)
    {
        if (!Credential.CanHold(value))
            throw CredentialFailure.Of($"The {part} is empty, or contains an invalid character, such as a space or a line break.");
    }
}
