using System.Net.Http.Headers;
using System.Text.Json;
using CrRegistry.Client.Credentials.Http;
using CrRegistry.Client.Credentials.Json;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials.SignIn;

/// <summary>Exchanges the access token of a CloudSSO sign-in with the aliyun CLI for a temporary credential.</summary>
internal sealed class CloudSsoClient(CredentialHttp http)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <param name="signIn">The sign-in address. The credential comes from the same host.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="accessConfiguration">The ID of the access configuration.</param>
    /// <param name="accessToken">The access token.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<Credential> GetCredentialAsync(Uri signIn, string accountId, string accessConfiguration, string accessToken, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new CloudSsoRequest { AccountId = accountId, AccessConfigurationId = accessConfiguration }, CredentialJson.Default.CloudSsoRequest);
        return CredentialReplies.ReadCloudSso(await http.SendAsync(
            new CredentialCall("the request to CloudSSO for a credential", new Uri(signIn, "/"), s_timeout)
            {
                NewMessage = () =>
                {
                    var message = new HttpRequestMessage(HttpMethod.Post, new Uri(signIn, "/cloud-credentials")) { Content = new ByteArrayContent(body) };
                    message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                    message.Headers.Accept.ParseAdd("application/json");
                    message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
                    return message;
                },
                SecretsOf = _ => new Secrets(accessToken),
            },
            cancellationToken).ConfigureAwait(false));
    }
}
