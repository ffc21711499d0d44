using System.Diagnostics.CodeAnalysis;
using CrRegistry.Requests;

namespace CrRegistry.Client.Transport;

/// <summary>The endpoints of regions, and the rules for endpoints that users specify.</summary>
internal static class ServiceEndpoint
{
    private const string Domain = ".aliyuncs.com";

    /// <summary>True if a text has the form of a region ID. It becomes part of a host name, so other characters are not allowed.</summary>
    /// <param name="regionId">The text, for example <c>cn-shanghai</c>.</param>
    /// <returns>True if it has the form.</returns>
    public static bool IsRegionId(string regionId) =>
        (regionId ?? throw new ArgumentNullException(nameof(regionId))).Split('-') is { Length: > 1 } parts
        && Array.TrueForAll(parts, part => part.Length > 0 && part.All(Identifier.IsLetterOrDigit));

    /// <summary>True if a host is that of a region. Other hosts of the same domain may belong to a customer.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>True for <c>cr.{region}.aliyuncs.com</c> and <c>cr-vpc.{region}.aliyuncs.com</c>.</returns>
    public static bool IsOfService(Uri endpoint) => IsHostOf("cr", (endpoint ?? throw new ArgumentNullException(nameof(endpoint))).Host);

    /// <summary>True for <c>{service}.{region}.aliyuncs.com</c> and <c>{service}-vpc.{region}.aliyuncs.com</c>.</summary>
    internal static bool IsHostOf(string service, string host)
    {
        var dot = host.IndexOf('.');
        return dot > 0 && (host.Substring(0, dot) == service || host.Substring(0, dot) == service + "-vpc")
            && host.Length > dot + 1 + Domain.Length && host.EndsWith(Domain, StringComparison.Ordinal)
            && IsRegionId(host.Substring(dot + 1, host.Length - dot - 1 - Domain.Length));
    }

    /// <summary>Returns the endpoint of a region: <c>cr.{region}.aliyuncs.com</c>. The rule has no exceptions.</summary>
    /// <param name="regionId">The region ID.</param>
    /// <param name="vpc">True for the endpoint inside a VPC, <c>cr-vpc.{region}.aliyuncs.com</c>.</param>
    /// <returns>The endpoint, HTTPS.</returns>
    /// <exception cref="ArgumentException"><paramref name="regionId"/> does not have the form of a region ID.</exception>
    public static Uri OfRegion(string regionId, bool vpc) => IsRegionId(regionId)
        ? new Uri($"https://{(vpc ? "cr-vpc" : "cr")}.{regionId}.aliyuncs.com")
        : throw new ArgumentException($"'{regionId}' is not a region ID such as 'cn-shanghai'.", nameof(regionId));

    /// <summary>Checks an endpoint that a user specified.</summary>
    /// <param name="endpoint">The endpoint: scheme, host and perhaps port.</param>
    /// <param name="problem">The reason why it is invalid, without a subject; null if it is valid.</param>
    /// <returns>True if signed requests may be sent there.</returns>
    public static bool IsUsable(Uri endpoint, [NotNullWhen(false)] out string? problem)
    {
        if (endpoint is null) throw new ArgumentNullException(nameof(endpoint));
        problem = endpoint switch
        {
            { IsAbsoluteUri: false } or { Host.Length: 0 } => "it is not an absolute address with a host",
            { Scheme: not ("https" or "http") } => "its scheme is neither https nor http",
            { UserInfo.Length: > 0 } => "it has user information",
            { PathAndQuery: not "/" } or { Fragment.Length: > 0 } => "it contains more than a host and a port",
            { Scheme: "http", IsLoopback: false } => "http is allowed for loopback addresses only",
            _ => null,
        };
        return problem is null;
    }
}
