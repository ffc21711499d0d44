using CrRegistry.Client.Credentials.Ecs;
using CrRegistry.Client.Credentials.Http;
using CrRegistry.Client.Credentials.Profiles;
using CrRegistry.Client.Credentials.SignIn;
using CrRegistry.Client.Credentials.Sts;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials;

/// <summary>
/// Tries one source after another and returns the first complete credential. From then on only its source is used, because a list must not be read with
/// two identities.
/// </summary>
internal sealed class CredentialChain(params ICredentialSource[] sources)
{
    private ICredentialSource? _giver;

    /// <summary>The other configured places that come after the one that returned the credential.</summary>
    public IReadOnlyList<string> PassedOver { get; private set; } = [];

    /// <summary>Creates the chain of the official SDKs, in their order. If the options specify a profile, it is the only source.</summary>
    public static CredentialChain For(CrConnectionOptions options)
    {
        var http = new CredentialHttp(options);
        var sts = new StsClient(http) { Choice = new StsChoice { ConnectionRegion = options.RegionId, IsConnectionVpc = options.IsVpc } };
        var metadata = new EcsMetadata(http);
        var uri = new CredentialsUriClient(http);
        var tools = new CredentialTools(
            sts, metadata, new ExternalProcess(ExternalProcess.DefaultTimeout), uri, new CloudSsoClient(http), new OAuthClient(http, options.Clock), options.Clock);
        return options.ProfileName is { } profileName
            ? new CredentialChain(new ProfileCredentialSource(profileName, tools))
            : new CredentialChain(
                new EnvironmentCredentialSource(),
                new OidcCredentialSource(sts),
                new ProfileCredentialSource(null, tools),
                new EcsCredentialSource(metadata),
                new UriCredentialSource(uri));
    }

    /// <exception cref="CrApiException">No source has a credential, or the credential of a source is invalid.</exception>
    public async Task<Credential> FindAsync(CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (var source in _giver is null ? sources : [_giver])
        {
            var answer = await source.AskAsync(cancellationToken).ConfigureAwait(false);
            if (answer.Credential is { } credential)
            {
                if (_giver is null) PassedOver = [.. new[] { answer.PassedOver }.Concat(sources.SkipWhile(other => other != source).Skip(1).Select(other => OfferOf(other, cancellationToken))).OfType<string>()];
                _giver = answer.Renewal;
                return credential;
            }

            reasons.Add(answer.Reason!);
        }

        var failed = _giver is null ? "No credential was found." : "The credential cannot be renewed.";
        throw CredentialFailure.Of(failed + " " + string.Join(" ", reasons));
    }

    /// <summary>Returns the credential that a source is configured for; null if its configuration is invalid.</summary>
    internal static string? OfferOf(ICredentialSource source, CancellationToken cancellationToken)
    {
        try
        {
            return source.Offer(cancellationToken);
        }
        catch (CrApiException)
        {
            return null;
        }
    }
}
