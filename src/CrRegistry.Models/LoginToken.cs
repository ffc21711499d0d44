using System.Security;

namespace CrRegistry;

/// <summary>
/// A temporary login for the registry of an instance, as the operation GetAuthorizationToken returns it (API cr 2018-12-01).
/// In PowerShell it also has the property Credential.
/// </summary>
public sealed class LoginToken
{
    /// <summary>The domain of the registry, for example <c>production-registry.cn-shanghai.cr.aliyuncs.com</c>.</summary>
    public string Server { get; set; } = string.Empty;

    /// <summary>The user name.</summary>
    public string UserName { get; set; } = string.Empty;

    /// <summary>The token, which is the password.</summary>
    public SecureString Password { get; set; } = new();

    /// <summary>The time when the token expires, in local time (<see cref="DateTimeKind.Local"/>); <see langword="null"/> if the service omits it.</summary>
    public DateTime? ExpireTime { get; set; }

    /// <summary>The ID of the instance.</summary>
    public string InstanceId { get; set; } = string.Empty;

    /// <summary>The region of the request; <see langword="null"/> if only an endpoint was specified.</summary>
    public string? RegionId { get; set; }

    /// <summary>Returns the domain, which <c>docker login</c> accepts.</summary>
    /// <returns><see cref="Server"/>.</returns>
    public override string ToString() => Server;
}
