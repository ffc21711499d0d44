using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials;

/// <summary>The environment variables that the official SDKs read first.</summary>
internal sealed class EnvironmentCredentialSource : ICredentialSource
{
    public Task<CredentialAnswer> AskAsync(CancellationToken cancellationToken) => Task.FromResult(Ask());

    private CredentialAnswer Ask()
    {
        var (id, secret, token) = (Read(AccessKeyId), Read(AccessKeySecret), Read(SecurityToken));
        if (id is null && secret is null && token is null) return CredentialAnswer.None($"Environment: {AccessKeyId} and {AccessKeySecret} are not set.");
        if (id is null) throw Half(secret is null ? SecurityToken : AccessKeySecret, AccessKeyId);
        if (secret is null) throw Half(AccessKeyId, AccessKeySecret);
        return CredentialAnswer.Found(new Credential(id, secret, token), this);
    }

    private static CrApiException Half(string present, string missing) =>
        CredentialFailure.Of($"The environment variable {present} is set, but {missing} is not.");
}
