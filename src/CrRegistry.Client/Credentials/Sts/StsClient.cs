using CrRegistry.Client.Credentials.Http;
using CrRegistry.Client.Credentials.Json;
using CrRegistry.Client.Credentials.Profiles;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Credentials.Sts;

/// <summary>The two operations of STS that return the temporary credential of a role.</summary>
internal sealed class StsClient(CredentialHttp http)
{
    private const string AssumeRoleWithOidc = "AssumeRoleWithOIDC";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly Acs3Signer _signer = new();

    /// <summary>The connection's settings for the host, to be completed from a profile.</summary>
    public StsChoice Choice { get; init; } = new();

    /// <summary>Assumes a role with the identity of <paramref name="source"/>.</summary>
    public async Task<Credential> AssumeRoleAsync(RoleRequest role, Credential source, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(role.Endpoint, Operation.AssumeRole, role.ToParameters());
        var call = new CredentialCall(Operation.AssumeRole.Name, role.Endpoint, s_timeout)
        {
            NewMessage = () => _signer.Sign(request, source, SignedRequest.NewNonce(), DateTimeOffset.UtcNow),
            SecretsOf = message => new Secrets(source.AccessKeySecret, source.SecurityToken, SignedText.SignatureOf(message)),
            AccessKeyId = source.AccessKeyId,
        };
        return CredentialReplies.ReadSts(await http.SendAsync(call, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Assumes a role with the token of an identity provider. The request is not signed, because the token identifies the caller.</summary>
    /// <param name="role">The role.</param>
    /// <param name="providerArn">The identity provider, <c>acs:ram::…:oidc-provider/…</c>.</param>
    /// <param name="tokenFile">The file that contains the token. It is read each time, because it is replaced before the token expires.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<Credential> AssumeRoleWithOidcAsync(RoleRequest role, string providerArn, string tokenFile, CancellationToken cancellationToken)
    {
        var token = ReadToken(tokenFile, cancellationToken);
        var form = role.ToParameters();
        form["OIDCProviderArn"] = providerArn;
        form["OIDCToken"] = token;
        var call = new CredentialCall(AssumeRoleWithOidc, role.Endpoint, s_timeout)
        {
            NewMessage = () => new HttpRequestMessage(HttpMethod.Post, new Uri(role.Endpoint, "/?" + NewQuery())) { Content = new FormUrlEncodedContent(form) },
            SecretsOf = _ => new Secrets(token),
        };
        return CredentialReplies.ReadSts(await http.SendAsync(call, cancellationToken).ConfigureAwait(false));
    }

    private static string NewQuery() => SignedRequest.QueryOf(new Dictionary<string, string>
    {
        ["Action"] = AssumeRoleWithOidc,
        ["Version"] = Operation.AssumeRole.Version,
        ["Format"] = "JSON",
        ["Timestamp"] = SignedRequest.DateText(DateTimeOffset.UtcNow),
        ["SignatureNonce"] = SignedRequest.NewNonce(),
    });

    private static string ReadToken(string file, CancellationToken cancellationToken)
    {
        var token = (CredentialFile.ReadNamed(file, "the token file", cancellationToken) ?? throw CredentialFailure.Of($"the token file '{ServiceText.Shown(file)}' does not exist.")).Trim();
        return token.Length > 0 ? token : throw CredentialFailure.Of($"the token file '{ServiceText.Shown(file)}' is empty.");
    }
}
