using System.Globalization;
using CrRegistry.Client.Credentials.Http;
using CrRegistry.Client.Credentials.SignIn;
using CrRegistry.Client.Credentials.Sts;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>Gets the credential of a profile of the aliyun CLI, by the mode of the profile.</summary>
/// <param name="config">The file, which contains the source profiles of roles, or null.</param>
/// <param name="tools">The services and programs that a profile may need.</param>
internal sealed class CliProfileResolver(CliConfig? config, CredentialTools tools)
{
    private const string Chained = "ChainableRamRoleArn";

    private static readonly long s_lastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public async Task<Credential> ResolveAsync(CliProfile profile, CancellationToken cancellationToken)
    {
        var chain = Chain(profile);
        var credential = await ResolveFirstAsync(chain.Pop(), cancellationToken).ConfigureAwait(false);
        while (chain.Count > 0) credential = await AssumeRoleAsync(chain.Pop(), credential, cancellationToken).ConfigureAwait(false);
        return credential;
    }

    /// <summary>Returns the profiles that lead to a credential. The one that needs no other profile is on top. A circular source_profile is an error.</summary>
    private Stack<CliProfile> Chain(CliProfile first)
    {
        var chain = new Stack<CliProfile>();
        chain.Push(first);
        while (chain.Peek() is { Mode: Chained } profile)
        {
            var place = profile.Place;
            var source = config!.Find(place.Require(profile.Fields.SourceProfile, "source_profile"))
                ?? throw place.Broken($"has the source_profile '{FileText.Name(profile.Fields.SourceProfile!)}', which does not exist; the file has {config.Names}");
            var loops = chain.Any(link => link.Place.Name == source.Name);
            chain.Push(new CliProfile(config.Path, source, isSource: true));
            if (loops) throw place.Broken($"is part of a circular source_profile: {string.Join(" -> ", chain.Reverse().Select(link => $"'{FileText.Name(link.Place.Name)}'"))}");
        }

        return chain;
    }

    private Task<Credential> ResolveFirstAsync(CliProfile profile, CancellationToken cancellationToken)
    {
        var (place, fields) = (profile.Place, profile.Fields);
        return fields.Mode switch
        {
            "AK" => Task.FromResult(place.RequireKey(fields.AccessKeyId, fields.AccessKeySecret)),
            "StsToken" => Task.FromResult(place.RequireKey(fields.AccessKeyId, fields.AccessKeySecret, place.Require(fields.StsToken, "sts_token"))),
            "RamRoleArn" => AssumeRoleAsync(profile, place.RequireKey(fields.AccessKeyId, fields.AccessKeySecret, fields.StsToken), cancellationToken),
            "EcsRamRole" => GetOfInstanceAsync(profile, cancellationToken),
            "RamRoleArnWithRoleName" => AssumeRoleOfInstanceAsync(profile, cancellationToken),
            "OIDC" => AssumeRoleWithOidcAsync(profile, cancellationToken),
            "External" => GetOfProcessAsync(profile, cancellationToken),
            "CredentialsURI" => GetOfUriAsync(profile, cancellationToken),
            "CloudSSO" => CachedOf(profile) is { } cached ? Task.FromResult(cached) : GetOfCloudSsoAsync(profile, cancellationToken),
            "OAuth" => CachedOf(profile) is { } cached ? Task.FromResult(cached) : GetOfOAuthAsync(profile, cancellationToken),
            null => throw place.Broken("has no mode, and its fields do not match any mode. Run 'aliyun configure' for this profile"),
            "RsaKeyPair" or "BearerToken" or "Anonymous" =>
                throw place.Broken($"has the mode '{fields.Mode}', which the module does not support. Use another profile"),
            _ => throw place.Broken($"has the mode '{FileText.Word(fields.Mode)}', which is unknown. Names of modes are case-sensitive"),
        };
    }

    private Task<Credential> AssumeRoleAsync(CliProfile profile, Credential source, CancellationToken cancellationToken)
    {
        var role = RoleOf(profile);
        return CredentialFailure.NamingAsync(profile.Place.ToString(), token => tools.Sts.AssumeRoleAsync(role, source, token), cancellationToken);
    }

    private Task<Credential> AssumeRoleWithOidcAsync(CliProfile profile, CancellationToken cancellationToken)
    {
        var (place, fields) = (profile.Place, profile.Fields);
        var (role, provider, tokenFile) =
            (RoleOf(profile), place.Require(fields.OidcProviderArn, "oidc_provider_arn"), place.Require(fields.OidcTokenFile, "oidc_token_file"));
        return CredentialFailure.NamingAsync(place.ToString(), token => tools.Sts.AssumeRoleWithOidcAsync(role, provider, tokenFile, token), cancellationToken);
    }

    private Task<Credential> GetOfInstanceAsync(CliProfile profile, CancellationToken cancellationToken) => CredentialFailure.NamingAsync(
        profile.Place + ", ECS metadata", token => tools.Metadata.GetCredentialAsync(profile.Fields.RamRoleName, isAsked: true, token), cancellationToken);

    private async Task<Credential> AssumeRoleOfInstanceAsync(CliProfile profile, CancellationToken cancellationToken)
    {
        profile.Place.Require(profile.Fields.RamRoleArn, "ram_role_arn");
        return await AssumeRoleAsync(profile, await GetOfInstanceAsync(profile, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Credential> GetOfProcessAsync(CliProfile profile, CancellationToken cancellationToken)
    {
        var place = profile.Place;
        var credential = await tools.Process.GetCredentialAsync(place, place.Require(profile.Fields.ProcessCommand, "process_command"), cancellationToken).ConfigureAwait(false);
        // The SDKs also use an expired credential, and the CLI reads no expiration. The service rejects it if necessary.
        return credential.Expiration <= tools.Clock() ? new Credential(credential, null) : credential;
    }

    private Task<Credential> GetOfUriAsync(CliProfile profile, CancellationToken cancellationToken)
    {
        var place = profile.Place;
        if (ExternalProcess.IsForbidden) throw place.Broken($"has the mode 'CredentialsURI', which {CredentialVariable.ExternalProcessDisabled} forbids");
        if (!CredentialsUriClient.IsUsable(place.Require(profile.Fields.CredentialsUri, "credentials_uri").Trim(), out var uri))
            throw place.Broken("has a credentials_uri that is not a valid http or https address");
        return CredentialFailure.NamingAsync(place + ", credentials URI", token => tools.Uri.GetCredentialAsync(uri, token), cancellationToken);
    }

    /// <summary>Returns the credential that the CLI stored at its last sign-in or call; null if it has expired.</summary>
    private Credential? CachedOf(CliProfile profile)
    {
        var (place, fields) = (profile.Place, profile.Fields);
        var expiration = TimeOf(fields.StsExpiration);
        if (expiration <= tools.Clock()) return null;
        return new Credential(place.RequireKey(fields.AccessKeyId, fields.AccessKeySecret, place.Require(fields.StsToken, "sts_token")), expiration);
    }

    private Task<Credential> GetOfCloudSsoAsync(CliProfile profile, CancellationToken cancellationToken)
    {
        var (place, fields) = (profile.Place, profile.Fields);
        if (TimeOf(fields.CloudSsoAccessTokenExpire) <= tools.Clock()) throw SignInExpired(profile);
        var (accessToken, accountId, accessConfig) = (RequireToken(place, fields.AccessToken, "access_token"),
            place.Require(fields.CloudSsoAccountId, "cloud_sso_account_id"), place.Require(fields.CloudSsoAccessConfig, "cloud_sso_access_config"));
        if (!Uri.TryCreate(place.Require(fields.CloudSsoSignInUrl, "cloud_sso_sign_in_url").Trim(), UriKind.Absolute, out var signIn) || !(signIn.Scheme == "https" || (signIn.Scheme == "http" && signIn.IsLoopback)))
            throw place.Broken("has a cloud_sso_sign_in_url that is not an https address");
        return RenewAsync(profile, token => tools.CloudSso.GetCredentialAsync(signIn, accountId, accessConfig, accessToken, token), cancellationToken);
    }

    private Task<Credential> GetOfOAuthAsync(CliProfile profile, CancellationToken cancellationToken)
    {
        var (place, fields) = (profile.Place, profile.Fields);
        var accessToken = string.IsNullOrWhiteSpace(fields.OauthAccessToken) ? null : RequireToken(place, fields.OauthAccessToken, "oauth_access_token");
        var tokens = new OAuthTokens(
            accessToken, TimeOf(fields.OauthAccessTokenExpire), string.IsNullOrWhiteSpace(fields.OauthRefreshToken) ? null : RequireToken(place, fields.OauthRefreshToken, "oauth_refresh_token"));
        if (tokens.RefreshToken is null && (accessToken is null || tokens.AccessTokenExpiration <= tools.Clock())) throw SignInExpired(profile);
        var site = place.Require(fields.OauthSiteType, "oauth_site_type");
        if (!OAuthClient.IsSite(site)) throw place.Broken($"has the oauth_site_type '{FileText.Word(site)}', which is neither 'CN' nor 'INTL'");
        return RenewAsync(profile, token => tools.OAuth.GetCredentialAsync(site, tokens, token), cancellationToken);
    }

    /// <summary>Renews the credential of a CLI sign-in. If that fails, the error suggests the CLI, which may still be able to renew it.</summary>
    private static async Task<Credential> RenewAsync(CliProfile profile, Func<CancellationToken, Task<Credential>> call, CancellationToken cancellationToken)
    {
        var (place, mode) = (profile.Place, profile.Mode!);
        try
        {
            return await call(cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException failure)
        {
            throw CredentialFailure.Because(
                $"{place}, {mode}: {failure.Message} To renew the credential, use this profile with any aliyun command, or sign in again with {SignInOf(profile)}.", failure);
        }
    }

    private static CrApiException SignInExpired(CliProfile profile) =>
        profile.Place.Broken($"has no {profile.Mode} credential or token that is still valid. Sign in with {SignInOf(profile)}");

    private static string SignInOf(CliProfile profile) => $"'aliyun configure --profile {FileText.Name(profile.Place.Name)} --mode {profile.Mode}'";

    private static string RequireToken(ProfilePlace place, string? value, string field) => Credential.CanHold(place.Require(value, field))
        ? value!
        : throw place.Broken($"has an {field} with an invalid character, such as a space or an accented letter");

    /// <summary>Reads a time in the format of the CLI: seconds since 1970, 0 for no time. A number too large for a date is treated as expired.</summary>
    private static DateTimeOffset TimeOf(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= s_lastSecond
        ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : DateTimeOffset.MinValue;

    private RoleRequest RoleOf(CliProfile profile)
    {
        var (place, fields) = (profile.Place, profile.Fields);
        var choice = tools.Sts.Choice with
        {
            Host = fields.StsEndpoint,
            Region = fields.StsRegion,
            IsVpc = string.Equals(fields.EnableVpc, bool.TrueString, StringComparison.OrdinalIgnoreCase),
            EndpointType = fields.EndpointType,
            ProfileRegion = fields.RegionId,
        };
        return new RoleRequest(StsEndpoint.Of(choice, place.ToString()), place.Require(fields.RamRoleArn, "ram_role_arn"))
        {
            SessionName = fields.RamSessionName,
            DurationSeconds = DurationOf(place, fields.ExpiredSeconds),
            Policy = fields.Policy,
            ExternalId = fields.ExternalId,
        };
    }

    private static int? DurationOf(ProfilePlace place, string? text)
    {
        // The CLI writes 0 if no value was specified.
        if (text is null or "" or "0") return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= RoleRequest.ShortestDuration
            ? seconds
            : throw place.Broken($"has an expired_seconds that is not a whole number of {RoleRequest.ShortestDuration} or more");
    }
}
