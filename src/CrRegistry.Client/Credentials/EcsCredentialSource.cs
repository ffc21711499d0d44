using CrRegistry.Client.Credentials.Ecs;

namespace CrRegistry.Client.Credentials;

/// <summary>The role of the machine itself, where it is an instance of ECS.</summary>
internal sealed class EcsCredentialSource(EcsMetadata metadata) : ICredentialSource
{
    private const string Place = "ECS metadata";

    public async Task<CredentialAnswer> AskAsync(CancellationToken cancellationToken)
    {
        // A role that was named is asked for; otherwise most machines are no instance of ECS, and that is no error.
        var asked = CredentialVariable.Read(CredentialVariable.EcsMetadata) is not null && !EcsMetadata.IsDisabled;
        try
        {
            return CredentialAnswer.Found(
                await CredentialFailure.NamingAsync(Place, token => metadata.GetCredentialAsync(null, asked, token), cancellationToken).ConfigureAwait(false), this);
        }
        catch (CrApiException failure) when (!asked)
        {
            return CredentialAnswer.None(failure.Message);
        }
    }
}
