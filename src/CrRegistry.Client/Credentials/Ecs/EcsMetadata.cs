using System.Text;
using CrRegistry.Client.Credentials.Http;
using CrRegistry.Client.Credentials.Json;
using CrRegistry.Client.Transport;
using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials.Ecs;

/// <summary>The metadata service of an instance of ECS, which gives the credential of the instance's role. Its address is fixed.</summary>
internal sealed class EcsMetadata(CredentialHttp http)
{
    private const string RolePath = "/latest/meta-data/ram/security-credentials/";
    private const string TokenHeader = "X-aliyun-ecs-metadata-token";

    private static readonly Uri s_address = new($"http://{HttpClients.MetadataHost}");

    /// <summary>Until the service is known to be there: off ECS, nothing may ever answer at its address.</summary>
    private static readonly TimeSpan s_probe = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(3);

    /// <summary>Whether the environment switches it off.</summary>
    public static bool IsDisabled => IsTrue(EcsMetadataDisabled);

    /// <param name="roleName">The role; null or empty for the environment's, or else for the one that the instance has.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CrApiException">There is no credential to be had there.</exception>
    public async Task<Credential> GetCredentialAsync(string? roleName, CancellationToken cancellationToken)
    {
        if (IsDisabled) throw CredentialFailure.Of($"it is switched off by {EcsMetadataDisabled}.");
        var token = await GetTokenAsync(cancellationToken).ConfigureAwait(false);
        var role = roleName is { Length: > 0 } ? roleName : Read(CredentialVariable.EcsMetadata);
        if (role is null)
        {
            var reply = await GetAsync("the request for the instance's role", RolePath, token, cancellationToken).ConfigureAwait(false);
            role = TextOf(reply);
        }

        if (!IsRoleName(role)) throw CredentialFailure.Of("what stands for the name of the instance's role cannot be one.");
        return CredentialReplies.ReadService(await GetAsync($"the request for the credential of the role '{role}'", RolePath + role, token, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What RAM lets a role be called: whatever else answers at the address is no metadata service.</summary>
    private static bool IsRoleName(string text) =>
        text.Length is >= 1 and <= 64 && text.All(character => character is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '@' or '-');

    /// <summary>The token of version 2 of the service; null where there is none to be had, which leaves version 1.</summary>
    private async Task<string?> GetTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(s_address, "/latest/api/token"));
            request.Headers.TryAddWithoutValidation("X-aliyun-ecs-metadata-token-ttl-seconds", "21600");
            var reply = await http.SendAsync("the request for a token", request, new Secrets(), s_probe, cancellationToken).ConfigureAwait(false);
            var token = TextOf(reply);
            return Credential.CanHold(token) ? token : throw CredentialFailure.Of("what stands for a token cannot be one.");
        }
        catch (CrApiException) when (!IsTrue(ImdsV1Disabled))
        {
            return null;
        }
    }

    private async Task<ApiReply> GetAsync(string action, string path, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(s_address, path));
        if (token is not null) request.Headers.TryAddWithoutValidation(TokenHeader, token);
        return await http.SendAsync(action, request, new Secrets(token), token is null ? s_probe : s_timeout, cancellationToken).ConfigureAwait(false);
    }

    private static string TextOf(ApiReply reply) => Encoding.UTF8.GetString(reply.Body.Array!, reply.Body.Offset, reply.Body.Count).Trim();
}
