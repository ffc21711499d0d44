using CrRegistry.Client.Credentials.Sts;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>A section of the INI file of the official SDKs.</summary>
/// <param name="name">The name of the section; null for <c>default</c>.</param>
/// <param name="tools">The services and programs that it may need.</param>
internal sealed class IniProfileSource(string? name, CredentialTools tools) : ICredentialSource
{
    private readonly string _section = name ?? "default";

    public async Task<CredentialResult> AskAsync(CancellationToken cancellationToken)
    {
        if (IniCredentials.Read(out var absence, cancellationToken) is not { } file) return CredentialResult.None(absence!);
        if (file.Find(_section) is not { } section) return CredentialResult.None(file.Lacks(_section));
        var place = new ProfilePlace(file.Path, _section);
        if (IsEmpty(section)) return CredentialResult.None($"{place} is empty.");
        return CredentialResult.Found(await ResolveAsync(place, section, cancellationToken).ConfigureAwait(false), this, place.Origin);
    }

    public string? Offer(CancellationToken cancellationToken) =>
        IniCredentials.Read(out _, cancellationToken) is { } file && file.Find(_section) is { } section && !IsEmpty(section) ? new ProfilePlace(file.Path, _section).Origin : null;

    /// <summary>True if a section is empty or contains only a type.</summary>
    private static bool IsEmpty(IReadOnlyDictionary<string, string> section) => section.TryGetValue("type", out var type) && type.Length > 0
        ? type == "access_key" && section.All(entry => entry.Value.Length == 0 || string.Equals(entry.Key, "type", StringComparison.OrdinalIgnoreCase))
        : section.Values.All(value => value.Length == 0);

    private Task<Credential> ResolveAsync(ProfilePlace place, IReadOnlyDictionary<string, string> section, CancellationToken cancellationToken)
    {
        string? Value(string key) => section.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

        Credential Key() => place.RequireKey(Value("access_key_id"), Value("access_key_secret"));

        RoleRequest Role()
        {
            var choice = tools.Sts.Choice with { Region = Value("sts_region"), IsVpc = string.Equals(Value("enable"), bool.TrueString, StringComparison.OrdinalIgnoreCase) };
            return new RoleRequest(StsEndpoint.Of(choice, place.ToString()), place.Require(Value("role_arn") ?? CredentialVariable.Read(CredentialVariable.RoleArn), "role_arn"))
            {
                SessionName = Value("role_session_name") ?? CredentialVariable.Read(CredentialVariable.RoleSessionName),
                Policy = Value("policy"),
                ExternalId = Value("external_id"),
            };
        }

        Task<Credential> NamingAsync(Func<CancellationToken, Task<Credential>> call, string source = "") => CredentialFailure.NamingAsync(place + source, call, cancellationToken);

        Task<Credential> AssumeRoleAsync(RoleRequest role, Credential source) => NamingAsync(token => tools.Sts.AssumeRoleAsync(role, source, token));

        Task<Credential> AssumeRoleWithOidcAsync(RoleRequest role, string provider, string tokenFile) =>
            NamingAsync(token => tools.Sts.AssumeRoleWithOidcAsync(role, provider, tokenFile, token));

        return place.Require(Value("type"), "type") switch
        {
            "access_key" => Task.FromResult(Key()),
            "ecs_ram_role" => NamingAsync(token => tools.Metadata.GetCredentialAsync(Value("role_name"), isAsked: true, token), ", ECS metadata"),
            "ram_role_arn" => AssumeRoleAsync(Role(), Key()),
            "oidc_role_arn" => AssumeRoleWithOidcAsync(
                Role(), place.Require(Value("oidc_provider_arn"), "oidc_provider_arn"), place.Require(Value("oidc_token_file_path"), "oidc_token_file_path")),
            var type => throw place.Broken($"has the type '{FileText.Word(type)}', which is not supported. Supported types are 'access_key', 'ecs_ram_role', 'oidc_role_arn' and 'ram_role_arn'"),
        };
    }
}
