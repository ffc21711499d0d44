namespace CrRegistry.Requests;

/// <summary>A credential was found, or renewed, that requests are signed with from now on.</summary>
/// <param name="Identity">The credential, as far as it may be shown.</param>
internal sealed record CredentialResolved(CredentialIdentity Identity) : JobMessage;
