using System.Diagnostics.CodeAnalysis;
using CrRegistry.Requests;

namespace CrRegistry.Client.Transport;

/// <summary>Where requests go: by region, or by an endpoint that the user gave.</summary>
internal static class ServiceEndpoint
{
    private const string Domain = ".aliyuncs.com";

    /// <summary>Whether a text has the form of a region ID. It becomes part of a host name, so nothing else may pass.</summary>
    /// <param name="regionId">The text, for example <c>cn-shanghai</c>.</param>
    /// <returns>True if it has the form.</returns>
    public static bool IsRegionId(string regionId) =>
        (regionId ?? throw new ArgumentNullException(nameof(regionId))).Split('-') is { Length: > 1 } parts
        && Array.TrueForAll(parts, part => part.Length > 0 && part.All(Identifier.IsLetterOrDigit));

    /// <summary>Whether a host is one that a region gives. Others of the same domain may be a customer's.</summary>
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

    /// <summary>The endpoint of a region: <c>cr.{region}.aliyuncs.com</c>, a rule without exceptions.</summary>
    /// <param name="regionId">The region ID.</param>
    /// <param name="vpc">Whether to take the endpoint inside a VPC, <c>cr-vpc.{region}.aliyuncs.com</c>.</param>
    /// <returns>The endpoint, HTTPS.</returns>
    /// <exception cref="ArgumentException"><paramref name="regionId"/> has not the form of a region ID.</exception>
    public static Uri OfRegion(string regionId, bool vpc) => IsRegionId(regionId)
        ? new Uri($"https://{(vpc ? "cr-vpc" : "cr")}.{regionId}.aliyuncs.com")
        : throw new ArgumentException($"'{regionId}' is not a region ID such as 'cn-shanghai'.", nameof(regionId));

    /// <summary>Says what is wrong with an endpoint that a user gave.</summary>
    /// <param name="endpoint">The endpoint: scheme, host and perhaps port.</param>
    /// <param name="problem">A whole sentence; null where nothing is wrong.</param>
    /// <returns>True if signed requests may go there.</returns>
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
