using CrRegistry.Client.Credentials.Json;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>A profile of the aliyun CLI.</summary>
/// <param name="name">The name of the profile; null for the current profile of the file.</param>
/// <param name="check">A check before a profile is used; null for no check.</param>
/// <param name="tools">The services and programs that it may need.</param>
internal sealed class CliProfileSource(string? name, Action<IReadOnlyCollection<string>>? check, CredentialTools tools) : ICredentialSource
{
    public async Task<CredentialResult> AskAsync(CancellationToken cancellationToken)
    {
        var profile = Find(out var config, out var absence, cancellationToken);
        if (profile is null or { HasNothing: true }) return CredentialResult.None(absence ?? $"{profile!.Place} is empty.");
        check?.Invoke(profile.Variables);
        var credential = await new CliProfileResolver(config, tools).ResolveAsync(profile, cancellationToken).ConfigureAwait(false);
        return CredentialResult.Found(credential, new CliProfileSource(profile.Place.File.Length > 0 ? profile.Place.Name : null, null, tools), profile.Origin);
    }

    public string? Offer(CancellationToken cancellationToken) =>
        Find(out _, out _, cancellationToken) is { HasNothing: false, IsOfEarlierSteps: false } profile ? profile.Origin : null;

    /// <returns>The profile; null if the file does not contain the named profile. Without a name and a file, the CLI uses an empty profile.</returns>
    private CliProfile? Find(out CliConfig? config, out string? absence, CancellationToken cancellationToken)
    {
        config = CliConfig.Read(out absence, cancellationToken);
        var taken = name ?? config?.Current ?? CliConfig.DefaultName;
        if (config?.Find(taken) is { } fields) return new CliProfile(config.Path, fields, isSource: false);
        absence ??= config!.Lacks(taken);
        if (name is not null) return null;
        if (config is { NamesCurrent: true, HasProfiles: true }) throw CredentialFailure.Of($"{absence} The file specifies '{FileText.Name(taken)}' as the current profile.");
        var ofEnvironment = new CliProfile("", new CliProfileFields { Name = taken }, isSource: false);
        return ofEnvironment.HasNothing ? null : ofEnvironment;
    }
}
