using CrRegistry.Client.Credentials.Http;

namespace CrRegistry.Client.Credentials;

/// <summary>A service that returns credentials at an address in the environment.</summary>
internal sealed class UriCredentialSource(CredentialsUriClient client) : ICredentialSource
{
    private const string Place = "Credentials URI";
    private const string Variable = CredentialVariable.CredentialsUri;

    public async Task<CredentialResult> AskAsync(CancellationToken cancellationToken)
    {
        if (CredentialVariable.Read(Variable) is not { } text) return CredentialResult.None($"{Place}: {Variable} is not set.");
        if (!CredentialsUriClient.IsUsable(text, out var uri)) throw CredentialFailure.Of($"{Place}: the value of {Variable} is not a valid http or https address.");
        return CredentialResult.Found(
            await CredentialFailure.NamingAsync(Place, token => client.GetCredentialAsync(uri, token), cancellationToken).ConfigureAwait(false), this, Offer(cancellationToken)!);
    }

    public string? Offer(CancellationToken cancellationToken) =>
        CredentialVariable.Read(Variable) is { } text && CredentialsUriClient.IsUsable(text, out var uri) ? $"service '{uri.Authority}' in {Variable}" : null;
}
