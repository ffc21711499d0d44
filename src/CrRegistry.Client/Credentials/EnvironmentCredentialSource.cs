namespace CrRegistry.Client.Credentials;

/// <summary>The environment variables that the official SDKs read first.</summary>
internal sealed class EnvironmentCredentialSource : ICredentialSource
{
    private const string KeyId = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    private const string KeySecret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    private const string Token = "ALIBABA_CLOUD_SECURITY_TOKEN";

    public Task<CredentialAnswer> AskAsync(CancellationToken cancellationToken) => Task.FromResult(Read());

    private static CredentialAnswer Read()
    {
        var (id, secret) = (Value(KeyId), Value(KeySecret));
        if (id is null && secret is null) return CredentialAnswer.None($"Environment: {KeyId} and {KeySecret} are not set.");
        if (secret is null) throw Half(KeyId, KeySecret);
        if (id is null) throw Half(KeySecret, KeyId);
        return CredentialAnswer.Found(new Credential(id, secret, Value(Token)));
    }

    private static CrApiException Half(string present, string missing) =>
        new($"The environment variable {present} is set, but {missing} is not.")
        {
            Code = CrErrorCode.CredentialUnavailable,
        };

    private static string? Value(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
