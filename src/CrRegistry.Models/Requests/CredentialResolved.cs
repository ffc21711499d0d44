namespace CrRegistry.Requests;

/// <summary>A message that a credential was found or renewed. It signs all further requests.</summary>
/// <param name="Identity">The public part of the credential.</param>
internal sealed record CredentialResolved(CredentialIdentity Identity) : JobMessage;
