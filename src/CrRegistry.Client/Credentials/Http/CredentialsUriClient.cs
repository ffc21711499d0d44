using System.Diagnostics.CodeAnalysis;
using CrRegistry.Client.Credentials.Json;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials.Http;

/// <summary>Requests a credential from a credentials URI.</summary>
internal sealed class CredentialsUriClient(CredentialHttp http)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>True if a text is the address of a web service.</summary>
    public static bool IsUsable(string text, [NotNullWhen(true)] out Uri? uri) => Uri.TryCreate(text, UriKind.Absolute, out uri) && uri is { Scheme: "http" or "https" };

    public async Task<Credential> GetCredentialAsync(Uri uri, CancellationToken cancellationToken) => CredentialReplies.ReadUri(await http.SendAsync(
        new CredentialCall("the request for a credential", uri, s_timeout)
        {
            NewMessage = () => new HttpRequestMessage(HttpMethod.Get, uri),
            SecretsOf = _ => Secrets.OfAddress(uri),
        },
        cancellationToken).ConfigureAwait(false));
}
