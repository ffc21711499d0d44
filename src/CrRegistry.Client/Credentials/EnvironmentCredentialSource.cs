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
        return CredentialAnswer.Found(new Credential(Part(AccessKeyId, id), Part(AccessKeySecret, secret), token is null ? null : Part(SecurityToken, token)), this);
    }

    private static string Part(string variable, string value) => Credential.CanHold(value)
        ? value
        : throw CredentialFailure.Of($"The environment variable {variable} holds a character that no credential has, such as a blank or the end of a line.");

    private static CrApiException Half(string present, string missing) =>
        CredentialFailure.Of($"The environment variable {present} is set, but {missing} is not.");
}
