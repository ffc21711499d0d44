namespace CrRegistry.Client.Credentials;

/// <summary>Asks one source after another; the first whole credential is taken.</summary>
internal sealed class CredentialChain(params ICredentialSource[] sources) : ICredentialProvider
{
    public async Task<Credential> GetAsync(CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (var source in sources)
        {
            var answer = await source.AskAsync(cancellationToken).ConfigureAwait(false);
            if (answer.Credential is { } credential) return credential;
            reasons.Add(answer.Reason!);
        }

        throw new CrApiException("No credential was found. " + string.Join(" ", reasons)) { Code = CrErrorCode.CredentialUnavailable };
    }

    public Task<Credential> RenewAsync(Credential refused, CancellationToken cancellationToken) => GetAsync(cancellationToken);
}
