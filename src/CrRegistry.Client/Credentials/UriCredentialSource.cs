using CrRegistry.Client.Credentials.Http;
using CrRegistry.Client.Credentials.Json;

namespace CrRegistry.Client.Credentials;

/// <summary>A local service that gives credentials, named by the environment.</summary>
internal sealed class UriCredentialSource(CredentialHttp http) : ICredentialSource
{
    private const string Place = "Credentials URI";
    private const string Variable = CredentialVariable.CredentialsUri;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    public async Task<CredentialAnswer> AskAsync(CancellationToken cancellationToken)
    {
        if (CredentialVariable.Read(Variable) is not { } text) return CredentialAnswer.None($"{Place}: {Variable} is not set.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri is not { Scheme: "http" or "https" })
            throw CredentialFailure.Of($"{Place}: the value of {Variable} is not the address of a web service.");
        return CredentialAnswer.Found(await CredentialFailure.NamingAsync(Place, token => FetchAsync(uri, token), cancellationToken).ConfigureAwait(false), this);
    }

    private async Task<Credential> FetchAsync(Uri uri, CancellationToken cancellationToken) => CredentialReplies.ReadService(await http.SendAsync(
        new CredentialCall("the request for a credential", uri, s_timeout)
        {
            NewMessage = () => new HttpRequestMessage(HttpMethod.Get, uri),
            SecretsOf = _ => Secrets.OfAddress(uri),
        },
        cancellationToken).ConfigureAwait(false));
}
