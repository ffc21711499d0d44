namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>
/// The two files of profiles: that of the aliyun CLI, then that of the official SDKs. A profile that the caller or the environment specifies
/// must be in one of them. Otherwise another identity would be used.
/// </summary>
/// <param name="profileName">The name that the caller specified; null for the name in the environment, or else for the current profile of the files.</param>
/// <param name="tools">The services and programs that a profile may need.</param>
internal sealed class ProfileCredentialSource(string? profileName, CredentialTools tools) : ICredentialSource
{
    public async Task<CredentialResult> AskAsync(CancellationToken cancellationToken)
    {
        var variable = VariableOfName();
        var name = profileName ?? variable?.Value;
        // If the caller specifies a profile, the environment is not used.
        Action<IReadOnlyCollection<string>>? check = profileName is null ? IncompleteVariables.Check : null;
        var cli = await new CliProfileSource(CliNameOf(name), check, tools).AskAsync(cancellationToken).ConfigureAwait(false);
        if (cli.Credential is not null) return cli with { PassedOver = CredentialChain.OfferOf(new IniProfileSource(name, tools), cancellationToken) };
        if (profileName is null) IncompleteVariables.CheckAll();
        var ini = await new IniProfileSource(name, tools).AskAsync(cancellationToken).ConfigureAwait(false);
        if (ini.Credential is not null) return ini;
        if (name is null || CliNameOf(name) is null) return CredentialResult.None($"{cli.Reason} {ini.Reason}");
        throw NotFound(profileName is null ? $"'{FileText.Name(name)}', which {variable!.Value.Name} specifies," : $"'{FileText.Name(name)}'", cli.Reason!, ini.Reason!);
    }

    public string? Offer(CancellationToken cancellationToken)
    {
        var name = profileName ?? VariableOfName()?.Value;
        ICredentialSource[] files = [new CliProfileSource(CliNameOf(name), null, tools), new IniProfileSource(name, tools)];
        string[] offers = [.. files.Select(file => CredentialChain.OfferOf(file, cancellationToken)).OfType<string>()];
        return offers.Length > 0 ? string.Join(", ", offers) : null;
    }

    /// <summary>Creates the error for a named profile that is in neither file.</summary>
    public static CrApiException NotFound(string named, string ofCli, string ofIni) => CredentialFailure.Of($"The profile {named} was not found. {ofCli} {ofIni}");

    /// <summary>The CLI also ignores the name in the environment if profiles are disabled.</summary>
    private string? CliNameOf(string? name) => profileName is null && CliConfig.IsIgnored ? null : name;

    private static (string Name, string Value)? VariableOfName() => CredentialVariable.Find(CredentialVariable.Profiles);
}
