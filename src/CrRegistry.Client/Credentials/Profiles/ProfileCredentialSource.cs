namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>
/// The two files of profiles: that of the aliyun CLI, then that of the official SDKs. A profile that was named, by the caller or by the environment,
/// must be in one of them: going on without it would let another identity act.
/// </summary>
/// <param name="profileName">The name that the caller gave; null for the environment's, or else for what the files take for the current one.</param>
/// <param name="tools">What a profile may need.</param>
internal sealed class ProfileCredentialSource(string? profileName, CredentialTools tools) : ICredentialSource
{
    public async Task<CredentialResult> AskAsync(CancellationToken cancellationToken)
    {
        var variable = VariableOfName();
        var name = profileName ?? variable?.Value;
        // A profile that the caller named goes alone, whatever else the environment has.
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

    /// <summary>The failure where a profile that was named is in neither file.</summary>
    public static CrApiException NotFound(string named, string ofCli, string ofIni) => CredentialFailure.Of($"The profile {named} was not found. {ofCli} {ofIni}");

    /// <summary>The CLI ignores the name in the environment, too, if it is told to ignore profiles.</summary>
    private string? CliNameOf(string? name) => profileName is null && CliConfig.IsIgnored ? null : name;

    private static (string Name, string Value)? VariableOfName() => CredentialVariable.Find(CredentialVariable.Profiles);
}
