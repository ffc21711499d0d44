using CrRegistry.Client.Credentials.Profiles;
using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Credentials.Sts;

/// <summary>
/// Where STS is. Files and the environment choose among its own hosts, and cannot send a signed request or a token anywhere else:
/// not even to another host of the same domain, where customers have hosts of their own.
/// </summary>
internal static class StsEndpoint
{
    /// <param name="host">The host that a profile names; null to go by region.</param>
    /// <param name="region">The region that a profile names; null for the environment's, if any.</param>
    /// <param name="vpc">Whether a profile asks for the host inside a VPC, which only regions have.</param>
    /// <param name="place">Who asks, as an error names it.</param>
    /// <exception cref="CrApiException">The host or the region is none.</exception>
    public static Uri Of(string? host, string? region, bool vpc, string place)
    {
        if (host is { Length: > 0 })
        {
            return host is "sts.aliyuncs.com" or "sts-vpc.aliyuncs.com" || ServiceEndpoint.IsHostOf("sts", host)
                ? new Uri("https://" + host)
                : throw CredentialFailure.Of($"{place}: sts_endpoint '{FileText.Name(host)}' is refused, because it is none of the hosts of STS, such as 'sts.cn-shanghai.aliyuncs.com'.");
        }

        var (name, from) = region is { Length: > 0 } ? (region, "sts_region") : (CredentialVariable.Read(CredentialVariable.StsRegion), CredentialVariable.StsRegion);
        if (name is null) return new Uri("https://sts.aliyuncs.com");
        if (!ServiceEndpoint.IsRegionId(name)) throw CredentialFailure.Of($"{place}: {from} '{FileText.Word(name)}' is not a region ID such as 'cn-shanghai'.");
        return new Uri($"https://{(vpc || CredentialVariable.IsTrue(CredentialVariable.VpcEndpointEnabled) ? "sts-vpc" : "sts")}.{name}.aliyuncs.com");
    }
}
