using System.Globalization;
using CrRegistry.Client.Credentials.Json;
using CrRegistry.Client.Credentials.Sts;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>Makes a credential of a profile of the aliyun CLI, by its mode.</summary>
internal sealed class CliProfileResolver(CliConfig config, CredentialTools tools)
{
    private const string Chained = "ChainableRamRoleArn";

    public async Task<Credential> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        var chain = Chain(name);
        var credential = await ResolveAsync(chain.Pop(), cancellationToken).ConfigureAwait(false);
        while (chain.Count > 0) credential = await AssumeRoleAsync(chain.Pop(), credential, cancellationToken).ConfigureAwait(false);
        return credential;
    }

    /// <summary>The profiles that lead to a credential: the one that needs no other on top. A loop, however long, is an error.</summary>
    private Stack<CliProfileFields> Chain(string name)
    {
        var chain = new Stack<CliProfileFields>();
        chain.Push(config.Find(name)!);
        while (chain.Peek() is { Mode: Chained } profile)
        {
            var place = PlaceOf(profile);
            var source = config.Find(place.Require(profile.SourceProfile, "source_profile"))
                ?? throw place.Broken($"has the source_profile '{FileText.Name(profile.SourceProfile!)}', which is not there; the file has {config.Names}");
            var loops = chain.Contains(source);
            chain.Push(source);
            if (loops) throw place.Broken($"closes a circle of source_profile: {string.Join(" -> ", chain.Reverse().Select(link => $"'{FileText.Name(link.Name!)}'"))}");
        }

        return chain;
    }

    private Task<Credential> ResolveAsync(CliProfileFields profile, CancellationToken cancellationToken)
    {
        var place = PlaceOf(profile);
        return profile.Mode switch
        {
            "AK" => Task.FromResult(place.RequireKey(profile.AccessKeyId, profile.AccessKeySecret)),
            "StsToken" => Task.FromResult(place.RequireKey(profile.AccessKeyId, profile.AccessKeySecret, place.Require(profile.StsToken, "sts_token"))),
            "RamRoleArn" => AssumeRoleAsync(profile, place.RequireKey(profile.AccessKeyId, profile.AccessKeySecret, profile.StsToken), cancellationToken),
            "EcsRamRole" => CredentialFailure.NamingAsync(place + ", ECS metadata", token => tools.Metadata.GetCredentialAsync(profile.RamRoleName, isAsked: true, token), cancellationToken),
            "OIDC" => AssumeRoleWithOidcAsync(profile, cancellationToken),
            "External" => tools.Process.GetCredentialAsync(place, place.Require(profile.ProcessCommand, "process_command"), cancellationToken),
            "CloudSSO" or "OAuth" => Task.FromResult(Cached(place, profile)),
            null or "" => throw place.Broken("has no mode"),
            "CredentialsURI" => throw place.Broken($"has the mode 'CredentialsURI', which the official SDKs do not read from this file: set {CredentialVariable.CredentialsUri} instead"),
            "RsaKeyPair" or "RamRoleArnWithRoleName" or "BearerToken" or "Anonymous" =>
                throw place.Broken($"has the mode '{profile.Mode}', which the official SDKs do not read from this file: use another profile"),
            _ => throw place.Broken($"has the mode '{FileText.Word(profile.Mode)}', which is unknown: names of modes are case-sensitive"),
        };
    }

    private Task<Credential> AssumeRoleAsync(CliProfileFields profile, Credential source, CancellationToken cancellationToken)
    {
        var place = PlaceOf(profile);
        var role = RoleOf(place, profile);
        return CredentialFailure.NamingAsync(place.ToString(), token => tools.Sts.AssumeRoleAsync(role, source, token), cancellationToken);
    }

    private Task<Credential> AssumeRoleWithOidcAsync(CliProfileFields profile, CancellationToken cancellationToken)
    {
        var place = PlaceOf(profile);
        var (role, provider, tokenFile) =
            (RoleOf(place, profile), place.Require(profile.OidcProviderArn, "oidc_provider_arn"), place.Require(profile.OidcTokenFile, "oidc_token_file"));
        return CredentialFailure.NamingAsync(place.ToString(), token => tools.Sts.AssumeRoleWithOidcAsync(role, provider, tokenFile, token), cancellationToken);
    }

    /// <summary>Only the CLI can log in; while what it left in the file lasts, it is used.</summary>
    private Credential Cached(ProfilePlace place, CliProfileFields profile)
    {
        var ends = long.TryParse(profile.StsExpiration, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < int.MaxValue
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.MinValue;
        if (ends <= tools.Clock())
            throw place.Broken($"has no {profile.Mode} credential that is still valid: log in with the aliyun CLI, 'aliyun configure --profile {place.Name} --mode {profile.Mode}'");
        var credential = place.RequireKey(profile.AccessKeyId, profile.AccessKeySecret, place.Require(profile.StsToken, "sts_token"));
        return new Credential(credential.AccessKeyId, credential.AccessKeySecret, credential.SecurityToken) { Expiration = ends };
    }

    private static RoleRequest RoleOf(ProfilePlace place, CliProfileFields profile) => new(
        StsEndpoint.Of(profile.StsEndpoint, profile.StsRegion, string.Equals(profile.EnableVpc, bool.TrueString, StringComparison.OrdinalIgnoreCase), place.ToString()),
        place.Require(profile.RamRoleArn, "ram_role_arn"))
    {
        SessionName = profile.RamSessionName,
        DurationSeconds = DurationOf(place, profile.ExpiredSeconds),
        Policy = profile.Policy,
        ExternalId = profile.ExternalId,
    };

    private static int? DurationOf(ProfilePlace place, string? text)
    {
        // The CLI writes 0 where it was given none.
        if (text is null or "" or "0") return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= RoleRequest.ShortestDuration
            ? seconds
            : throw place.Broken($"has an expired_seconds that is no number of {RoleRequest.ShortestDuration} or more");
    }

    private ProfilePlace PlaceOf(CliProfileFields profile) => new(config.Path, profile.Name!);
}
