using CrRegistry.Client.Transport.Signing;
using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials;

/// <summary>The environment variables that the official SDKs read first. One half of a credential may complete a profile: see <see cref="IncompleteVariables"/>.</summary>
internal sealed class EnvironmentCredentialSource : ICredentialSource
{
    public Task<CredentialResult> AskAsync(CancellationToken cancellationToken) => Task.FromResult(Ask());

    public string? Offer(CancellationToken cancellationToken) => FindKey(AccessKeyId) is not null && FindKey(AccessKeySecret) is not null ? $"environment variable {AccessKeyId}" : null;

    /// <summary>Returns a part of a credential.</summary>
    /// <exception cref="CrApiException">The value contains an invalid character.</exception>
    public static string Part((string Name, string Value) variable) => Credential.CanHold(variable.Value)
        ? variable.Value
        : throw CredentialFailure.Of($"The environment variable {variable.Name} contains an invalid character, such as a space or a line break.");

    private CredentialResult Ask()
    {
        if (FindKey(AccessKeyId) is not { } id || FindKey(AccessKeySecret) is not { } secret)
            return CredentialResult.None($"Environment: {AccessKeyId} and {AccessKeySecret} are not set.");
        return CredentialResult.Found(
            new Credential(Part(id), Part(secret), FindKey(SecurityToken) is { } token ? Part(token) : null), this, Offer(CancellationToken.None)!);
    }
}
