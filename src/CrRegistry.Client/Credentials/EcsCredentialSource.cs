using CrRegistry.Client.Credentials.Ecs;

namespace CrRegistry.Client.Credentials;

/// <summary>The role of this computer, if it is an ECS instance.</summary>
internal sealed class EcsCredentialSource(EcsMetadata metadata) : ICredentialSource
{
    private const string Place = "ECS metadata";

    public async Task<CredentialResult> AskAsync(CancellationToken cancellationToken)
    {
        // A failure is an error only for a role that the user named, because most computers are not ECS instances.
        var asked = Offer(cancellationToken) is not null;
        try
        {
            return CredentialResult.Found(
                await CredentialFailure.NamingAsync(Place, token => metadata.GetCredentialAsync(null, asked, token), cancellationToken).ConfigureAwait(false),
                this, Offer(cancellationToken) ?? $"role of this instance from {Place}");
        }
        catch (CrApiException failure) when (!asked)
        {
            return CredentialResult.None(failure.Message);
        }
    }

    public string? Offer(CancellationToken cancellationToken) => !EcsMetadata.IsDisabled && CredentialVariable.Read(CredentialVariable.EcsMetadata) is { } role
        ? $"role '{Profiles.FileText.Name(role)}' from {Place}"
        : null;
}
