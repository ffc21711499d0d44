namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>A profile of the aliyun CLI.</summary>
/// <param name="name">Its name; null for the one that is the file's current one.</param>
/// <param name="tools">What it may need.</param>
internal sealed class CliProfileSource(string? name, CredentialTools tools) : ICredentialSource
{
    public async Task<CredentialAnswer> AskAsync(CancellationToken cancellationToken)
    {
        if (CliConfig.Read(out var absence, cancellationToken) is not { } config) return CredentialAnswer.None(absence!);
        var taken = name ?? config.Current;
        if (config.Find(taken) is null)
        {
            return name is null && config.NamesCurrent
                ? throw CredentialFailure.Of(config.Lacks(taken) + " It is the one that the file names as current.")
                : CredentialAnswer.None(config.Lacks(taken));
        }

        var credential = await new CliProfileResolver(config, tools).ResolveAsync(taken, cancellationToken).ConfigureAwait(false);
        return CredentialAnswer.Found(credential, new CliProfileSource(taken, tools));
    }
}
