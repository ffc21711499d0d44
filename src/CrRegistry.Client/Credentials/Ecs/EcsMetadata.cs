using System.Text;
using CrRegistry.Client.Credentials.Http;
using CrRegistry.Client.Credentials.Json;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;
using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials.Ecs;

/// <summary>The metadata service of an ECS instance. It returns the credential of the instance's role. Its address is fixed.</summary>
internal sealed class EcsMetadata(CredentialHttp http)
{
    private const string RolePath = "/latest/meta-data/ram/security-credentials/";
    private const string TokenHeader = "X-aliyun-ecs-metadata-token";

    private static readonly Uri s_address = new($"http://{HttpExchange.MetadataHost}");

    /// <summary>The timeout of each attempt without a token of version 2. Outside ECS the address may never respond.</summary>
    private static readonly TimeSpan s_probe = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(3);

    /// <summary>True if an environment variable disables the service.</summary>
    public static bool IsDisabled => IsTrue(EcsMetadataDisabled);

    /// <param name="roleName">The role. If it is null or empty, the role in the environment is used, or else the one that the instance has.</param>
    /// <param name="isAsked">True if the user chose this source. Otherwise no request is retried before the first reply, because most computers are not ECS instances.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CrApiException">The service has no credential, or there is no such service.</exception>
    public async Task<Credential> GetCredentialAsync(string? roleName, bool isAsked, CancellationToken cancellationToken)
    {
        if (IsDisabled) throw CredentialFailure.Of($"it is disabled by {EcsMetadataDisabled}.");
        var token = await GetTokenAsync(isAsked, cancellationToken).ConfigureAwait(false);
        var role = roleName is { Length: > 0 } ? roleName : Read(CredentialVariable.EcsMetadata);
        if (role is null)
        {
            var reply = await GetAsync("the request for the instance's role", RolePath, token, isAsked, "no RAM role is attached to this instance", cancellationToken).ConfigureAwait(false);
            role = TextOf(reply);
        }

        if (!IsRoleName(role)) throw CredentialFailure.Of("the service returned an invalid role name.");
        return CredentialReplies.ReadService(await GetAsync(
            $"the request for the credential of '{role}'", RolePath + role, token, isAsked, $"the role '{role}' does not exist, or is not attached to this instance", cancellationToken).ConfigureAwait(false));
    }

    /// <summary>True if RAM allows the role name. Otherwise the reply is not from a metadata service.</summary>
    private static bool IsRoleName(string text) =>
        text.Length is >= 1 and <= 64 && text.All(character => character is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '@' or '-');

    /// <summary>Returns the token for version 2 of the service, or null. Without it, version 1 is used.</summary>
    private async Task<string?> GetTokenAsync(bool isAsked, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await http.SendAsync(
                new CredentialCall("the request for a token", s_address, s_probe)
                {
                    NewMessage = () =>
                    {
                        var request = new HttpRequestMessage(HttpMethod.Put, new Uri(s_address, "/latest/api/token"));
                        request.Headers.TryAddWithoutValidation("X-aliyun-ecs-metadata-token-ttl-seconds", "21600");
                        return request;
                    },
                    SecretsOf = _ => new Secrets(),
                    // If version 2 is disabled, there may be no reply. Retries are then left to version 1.
                    RetriesLostReply = isAsked && IsTrue(ImdsV1Disabled),
                },
                cancellationToken).ConfigureAwait(false);
            var token = TextOf(reply);
            return Credential.CanHold(token) ? token : throw CredentialFailure.Of("the service returned an invalid token.");
        }
        catch (CrApiException) when (!IsTrue(ImdsV1Disabled))
        {
            return null;
        }
    }

    private async Task<ApiReply> GetAsync(string action, string path, string? token, bool isAsked, string notFound, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(
                new CredentialCall(action, s_address, token is null ? s_probe : s_timeout)
                {
                    NewMessage = () =>
                    {
                        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(s_address, path));
                        if (token is not null) request.Headers.TryAddWithoutValidation(TokenHeader, token);
                        return request;
                    },
                    SecretsOf = _ => new Secrets(token),
                    RetriesLostReply = isAsked || token is not null,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException failure) when (failure.HttpStatus == 404)
        {
            throw CredentialFailure.Of($"{notFound} (HTTP 404).");
        }
    }

    private static string TextOf(ApiReply reply) => Encoding.UTF8.GetString(reply.Body.Array!, reply.Body.Offset, reply.Body.Count).Trim();
}
