using CrRegistry.Client.Credentials.Http;
using CrRegistry.Client.Credentials.Json;
using CrRegistry.Client.Credentials.Profiles;
using CrRegistry.Client.Operations;
using CrRegistry.Client.Signing;
using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Credentials.Sts;

/// <summary>The two operations of STS that give the temporary credential of a role.</summary>
internal sealed class StsClient(CredentialHttp http)
{
    private const string Version = "2015-04-01";
    private const string AssumeRole = nameof(AssumeRole);
    private const string AssumeRoleWithOidc = "AssumeRoleWithOIDC";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly Acs3Signer _signer = new();

    /// <summary>Takes a role on, as whoever has <paramref name="source"/>.</summary>
    public async Task<Credential> AssumeRoleAsync(RoleRequest role, Credential source, CancellationToken cancellationToken)
    {
        using var message = _signer.Sign(new ApiRequest(role.Endpoint, AssumeRole, role.ToParameters(), Version), source, RequestStamp.New());
        return CredentialReplies.ReadSts(await http.SendAsync(
            AssumeRole, message, new Secrets(source.AccessKeySecret, source.SecurityToken, SignedText.SignatureOf(message)), s_timeout, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Takes a role on by the token of an identity provider. Nothing is signed: the token is what is known.</summary>
    /// <param name="role">The role.</param>
    /// <param name="providerArn">The identity provider, <c>acs:ram::…:oidc-provider/…</c>.</param>
    /// <param name="tokenFile">The file that holds the token: read anew each time, because it is replaced before it ends.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Credential> AssumeRoleWithOidcAsync(RoleRequest role, string providerArn, string tokenFile, CancellationToken cancellationToken)
    {
        var stamp = RequestStamp.New();
        var query = CanonicalQuery.Build(new Dictionary<string, string>
        {
            ["Action"] = AssumeRoleWithOidc,
            ["Version"] = Version,
            ["Format"] = "JSON",
            ["Timestamp"] = stamp.DateText,
            ["SignatureNonce"] = stamp.Nonce,
        });
        var token = ReadToken(tokenFile);
        var form = role.ToParameters();
        form["OIDCProviderArn"] = providerArn;
        form["OIDCToken"] = token;
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(role.Endpoint, "/?" + query)) { Content = new FormUrlEncodedContent(form) };
        return CredentialReplies.ReadSts(await http.SendAsync(AssumeRoleWithOidc, message, new Secrets(token), s_timeout, cancellationToken).ConfigureAwait(false));
    }

    private static string ReadToken(string file)
    {
        var token = (CredentialFile.ReadNamed(file, "the token file") ?? throw CredentialFailure.Of($"the token file '{ServiceText.Shown(file)}' is not there.")).Trim();
        return token.Length > 0 ? token : throw CredentialFailure.Of($"the token file '{ServiceText.Shown(file)}' is empty.");
    }
}
