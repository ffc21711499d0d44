using System.Management.Automation;

namespace CrRegistry;

/// <summary>
/// Returns the members that PowerShell adds to login tokens. The class is in the models, which do not use PowerShell. It is not a script property, because
/// Constrained Language Mode blocks those.
/// </summary>
public static class LoginTokenMembers
{
    /// <summary>Returns the user name and the token as a credential.</summary>
    /// <param name="item">The login token.</param>
    /// <returns>The credential; null if there is no user name.</returns>
    public static PSCredential? Credential(PSObject item) =>
        item.BaseObject is LoginToken { UserName.Length: > 0 } token ? new PSCredential(token.UserName, token.Password) : null;
}
