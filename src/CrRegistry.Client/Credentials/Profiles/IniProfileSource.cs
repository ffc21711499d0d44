using CrRegistry.Client.Credentials.Sts;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>A section of the INI file of the official SDKs.</summary>
/// <param name="name">Its name; null for <c>default</c>.</param>
/// <param name="tools">What it may need.</param>
internal sealed class IniProfileSource(string? name, CredentialTools tools) : ICredentialSource
{
    public async Task<CredentialAnswer> AskAsync(CancellationToken cancellationToken)
    {
        if (IniCredentials.Read(out var absence, cancellationToken) is not { } file) return CredentialAnswer.None(absence!);
        var taken = name ?? "default";
        if (file.Find(taken) is not { } section) return CredentialAnswer.None(file.Lacks(taken));
        return CredentialAnswer.Found(await ResolveAsync(new ProfilePlace(file.Path, taken), section, cancellationToken).ConfigureAwait(false), this);
    }

    private Task<Credential> ResolveAsync(ProfilePlace place, IReadOnlyDictionary<string, string> section, CancellationToken cancellationToken)
    {
        string? Value(string key) => section.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

        Credential Key() => place.RequireKey(Value("access_key_id"), Value("access_key_secret"));

        RoleRequest Role() => new(StsEndpoint.Of(null, Value("sts_region"), false, place.ToString()), place.Require(Value("role_arn"), "role_arn"))
        {
            SessionName = Value("role_session_name"),
            Policy = Value("policy"),
            ExternalId = Value("external_id"),
        };

        Task<Credential> AssumeRoleAsync(RoleRequest role, Credential source) =>
            CredentialFailure.NamingAsync(place.ToString(), token => tools.Sts.AssumeRoleAsync(role, source, token), cancellationToken);

        return place.Require(Value("type"), "type") switch
        {
            "access_key" => Task.FromResult(Key()),
            "ecs_ram_role" => CredentialFailure.NamingAsync(place + ", ECS metadata", token => tools.Metadata.GetCredentialAsync(Value("role_name"), isAsked: true, token), cancellationToken),
            "ram_role_arn" => AssumeRoleAsync(Role(), Key()),
            var type => throw place.Broken($"has the type '{FileText.Word(type)}', which is not read here: 'access_key', 'ecs_ram_role' and 'ram_role_arn' are"),
        };
    }
}
