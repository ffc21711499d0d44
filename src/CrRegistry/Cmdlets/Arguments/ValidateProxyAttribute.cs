using System.Management.Automation;

namespace CrRegistry;

/// <summary>Rejects invalid addresses of a proxy, and addresses with a user name or password, which would be shown.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateProxyAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is not Uri proxy) return;
        if (proxy is not { IsAbsoluteUri: true, Scheme: "http" or "https", Host.Length: > 0 })
            throw new ValidationMetadataException("The proxy is not an absolute http or https address. Specify an address such as 'http://proxy.example.com:8080'.");
        if (proxy.UserInfo.Length > 0)
            throw new ValidationMetadataException("The proxy contains user information. Use -ProxyCredential instead.");
    }
}
