namespace CrRegistry.Client.Credentials;

/// <summary>The credential that the user gave: nothing else is tried.</summary>
internal sealed class ExplicitCredentialProvider(Credential credential) : ICredentialProvider
{
    public Task<Credential> GetAsync(CancellationToken cancellationToken) => Task.FromResult(credential.RequireSendable());

    public Task<Credential> RenewAsync(Credential refused, CancellationToken cancellationToken) => Task.FromResult(credential);
}
