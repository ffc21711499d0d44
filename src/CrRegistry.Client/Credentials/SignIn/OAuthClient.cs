using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using CrRegistry.Client.Credentials.Http;
using CrRegistry.Client.Credentials.Json;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials.SignIn;

/// <summary>Exchanges the tokens of an OAuth sign-in with the aliyun CLI for a temporary credential. The file of the CLI is not changed.</summary>
internal sealed class OAuthClient(CredentialHttp http, Func<DateTimeOffset> clock)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>The lifetime of an access token if the reply does not contain it.</summary>
    private static readonly TimeSpan s_usualLife = TimeSpan.FromHours(1);

    /// <summary>An access token that expires sooner is replaced, if there is a refresh token.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(1);

    /// <summary>The host of each site, and the ID under which the CLI and the official SDKs are registered there.</summary>
    private static readonly Dictionary<string, (Uri Address, string ClientId)> s_sites = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CN"] = (new Uri("https://oauth.aliyun.com"), "4038181954557748008"),
        ["INTL"] = (new Uri("https://oauth.alibabacloud.com"), "4103531455503354461"),
    };

    /// <summary>
    /// The tokens that replaced those of a refresh token. A refresh token may be valid for only one use. Without this cache, the next connection of
    /// this process would use it again, because the file of the CLI still has it.
    /// </summary>
    private static readonly ConcurrentDictionary<string, OAuthTokens> s_replaced = new(StringComparer.Ordinal);

    private static readonly SemaphoreSlim s_refreshing = new(1);

    /// <summary>True if there is a site with this name.</summary>
    public static bool IsSite(string? site) => site is not null && s_sites.ContainsKey(site);

    public async Task<Credential> GetCredentialAsync(string site, OAuthTokens tokens, CancellationToken cancellationToken)
    {
        var (address, clientId) = s_sites[site];
        if (tokens.RefreshToken is not null && (tokens.AccessToken is null || tokens.AccessTokenExpiration - clock() < s_margin))
            tokens = await ReplaceAsync(address, clientId, tokens, cancellationToken).ConfigureAwait(false);
        var accessToken = tokens.AccessToken!;
        return CredentialReplies.ReadOAuth(await http.SendAsync(
            new CredentialCall("the exchange of the access token", address, s_timeout)
            {
                NewMessage = () =>
                {
                    var message = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/v1/exchange")) { Content = new ByteArrayContent([]) };
                    message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                    message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
                    return message;
                },
                SecretsOf = _ => new Secrets(accessToken),
            },
            cancellationToken).ConfigureAwait(false));
    }

    private async Task<OAuthTokens> ReplaceAsync(Uri address, string clientId, OAuthTokens tokens, CancellationToken cancellationToken)
    {
        // One at a time, because the second of two requests with the same refresh token may be rejected.
        await s_refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var ofFile = tokens.RefreshToken!;
            if (s_replaced.TryGetValue(ofFile, out var replaced))
            {
                if (replaced.AccessTokenExpiration - clock() >= s_margin) return replaced;
                tokens = replaced;
            }

            return s_replaced[ofFile] = await RefreshAsync(address, clientId, tokens.RefreshToken!, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            s_refreshing.Release();
        }
    }

    private async Task<OAuthTokens> RefreshAsync(Uri address, string clientId, string refreshToken, CancellationToken cancellationToken)
    {
        var reply = CredentialReplies.ReadOAuthToken(await http.SendAsync(
            new CredentialCall("the renewal of the access token", address, s_timeout)
            {
                NewMessage = () => new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/v1/token"))
                {
                    Content = new FormUrlEncodedContent(new Dictionary<string, string>
                    {
                        ["grant_type"] = "refresh_token",
                        ["refresh_token"] = refreshToken,
                        ["client_id"] = clientId,
                        ["Timestamp"] = SignedRequest.DateText(DateTimeOffset.UtcNow),
                    }),
                },
                SecretsOf = _ => new Secrets(refreshToken),
                // The service may have replaced the token although its reply was lost. The old token is then invalid.
                RetriesLostReply = false,
            },
            cancellationToken).ConfigureAwait(false));
        var life = double.TryParse(reply.ExpiresIn, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : s_usualLife;
        return new OAuthTokens(reply.AccessToken, clock() + life, reply.RefreshToken);
    }
}
