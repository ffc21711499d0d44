using CrRegistry.Client.Credentials.Profiles;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials.Sts;

/// <summary>
/// The host of STS. Files and the environment can choose only among its own hosts. A signed request or a token is never sent to another host,
/// not even in the same domain, because customers have their own hosts there.
/// </summary>
internal static class StsEndpoint
{
    private const string Vpc = "vpc";

    /// <param name="choice">The settings of a profile and a connection.</param>
    /// <param name="place">The place of the settings, for errors.</param>
    /// <exception cref="CrApiException">The host or the region is not valid.</exception>
    public static Uri Of(StsChoice choice, string place)
    {
        if (Choose(choice.Host, "sts_endpoint", CredentialVariable.StsEndpoint) is var (host, field))
        {
            var known = HostOf(host);
            return known is "sts.aliyuncs.com" or "sts-vpc.aliyuncs.com" || ServiceEndpoint.IsHostOf("sts", known)
                ? new Uri("https://" + known)
                : throw CredentialFailure.Of($"{place}: {field} '{FileText.Name(WithoutUser(host))}' is rejected because it is not a host of STS, such as 'sts.cn-shanghai.aliyuncs.com'.");
        }

        var isVpc = choice.IsConnectionVpc || IsVpc(choice.EndpointType);
        var region = Choose(choice.Region, "sts_region", CredentialVariable.StsRegion)
            ?? (isVpc ? Choose(choice.ConnectionRegion, "-RegionId") ?? Choose(choice.ProfileRegion, "region_id", CredentialVariable.RegionIds) : null);
        if (region is not var (name, source)) return new Uri("https://sts.aliyuncs.com");
        if (!ServiceEndpoint.IsRegionId(name)) throw CredentialFailure.Of($"{place}: {source} '{FileText.Word(name)}' is not a region ID such as 'cn-shanghai'.");
        return new Uri($"https://{(isVpc || choice.IsVpc || CredentialVariable.IsTrue(CredentialVariable.VpcEndpointEnabled) ? "sts-vpc" : "sts")}.{name}.aliyuncs.com");
    }

    /// <summary>True if a profile, or else the environment, specifies the hosts inside a VPC.</summary>
    /// <param name="endpointType">The field endpoint_type of a profile, or null.</param>
    public static bool IsVpc(string? endpointType) => Choose(endpointType, "endpoint_type", CredentialVariable.EndpointTypes)?.Value == Vpc;

    /// <summary>Returns the value of a field, or else of a variable, in lower case, and its name.</summary>
    private static (string Value, string Name)? Choose(string? value, string field, params string[] variables) =>
        !string.IsNullOrWhiteSpace(value) ? (value!.Trim().ToLowerInvariant(), field)
        : CredentialVariable.Find(variables) is var (name, found) ? (found.ToLowerInvariant(), name)
        : null;

    /// <summary>Replaces user information, which may be a password. Everything before the last @ is replaced, because a password may contain any character.</summary>
    private static string WithoutUser(string host) => host.LastIndexOf('@') is >= 0 and var at ? Secrets.Mask + host.Substring(at) : host;

    /// <summary>Returns the host without a scheme, a port 443 and a slash, which users may write. STS is always called over HTTPS.</summary>
    private static string HostOf(string text)
    {
        foreach (var scheme in new[] { "https://", "http://" })
        {
            if (text.StartsWith(scheme, StringComparison.Ordinal)) text = text.Substring(scheme.Length);
        }

        text = text.TrimEnd('/');
        return text.EndsWith(":443", StringComparison.Ordinal) ? text.Substring(0, text.Length - ":443".Length) : text;
    }
}
