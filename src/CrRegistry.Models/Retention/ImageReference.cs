using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CrRegistry.Requests;

namespace CrRegistry.Retention;

/// <summary>
/// An image that is in use, as container platforms print it: <c>host/namespace/name:tag</c>, <c>…@sha256:digest</c>, or a digest alone,
/// perhaps after a prefix such as <c>docker-pullable://</c>.
/// </summary>
internal sealed class ImageReference
{
    private const string DefaultTag = "latest";
    private const int LongestTag = 128;
    private const int ShortImageIdLength = 12;

    /// <summary>
    /// Hosts of registries that are not this service. Any other host may be the service's, because an instance can have a custom domain, and a cluster
    /// may pull through a mirror.
    /// </summary>
    private static readonly string[] s_otherRegistries =
        ["docker.io", "ghcr.io", "quay.io", "gcr.io", "pkg.dev", "k8s.io", "azurecr.io", "amazonaws.com", "public.ecr.aws", "mcr.microsoft.com", "nvcr.io", "registry.gitlab.com"];

    private ImageReference()
    {
    }

    /// <summary>The reference as the user specified it.</summary>
    public string Text { get; private init; } = string.Empty;

    /// <summary>The namespace and the name of the repository; null for a digest alone.</summary>
    public string? Repository { get; private init; }

    /// <summary>The tag; null if the reference has only a digest.</summary>
    public string? Tag { get; private init; }

    /// <summary>The digest without its algorithm; null if the reference has only a tag.</summary>
    public string? Digest { get; private init; }

    /// <summary>True if the reference has neither a tag nor a digest, so that the tag is the default one.</summary>
    public bool IsTagDefault { get; private init; }

    /// <summary>The host, with its port if the reference has one; null if it has no host.</summary>
    public string? Host { get; private init; }

    /// <summary>The name of the host without a port and a final dot, which do not distinguish registries; null if the reference has no host.</summary>
    public string? HostName { get; private init; }

    /// <summary>The region in the host of an instance, <c>{name}-registry.{region}.cr.aliyuncs.com</c>; null for other hosts.</summary>
    public string? RegionId
    {
        get
        {
            const string domain = ".cr.aliyuncs.com";
            if (HostName is null || !HostName.EndsWith(domain, StringComparison.OrdinalIgnoreCase)) return null;
            // The name of an instance may contain a dot.
            var labels = HostName.Substring(0, HostName.Length - domain.Length).Split('.');
            var region = labels[labels.Length - 1];
            // Hosts of the Personal Edition end with personal.cr.aliyuncs.com.
            return labels.Length > 1 && region.Contains('-') ? region.ToLowerInvariant() : null;
        }
    }

    /// <summary>True if the image comes from a registry that is not this service.</summary>
    public bool IsOfOtherRegistry { get; private init; }

    /// <summary>Parses a reference.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reference">The reference.</param>
    /// <returns>False if the text is not a reference.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        var rest = WithoutPrefix(text);
        if (ImageDigest.TryParse(rest, out var digest))
        {
            reference = new ImageReference { Text = text, Digest = digest };
            return true;
        }

        // An incomplete digest, and not a tag of an image of that name.
        if (rest.StartsWith(ImageDigest.Algorithm, StringComparison.OrdinalIgnoreCase)) return false;

        if (rest.IndexOf('@') is >= 0 and var at)
        {
            if (!ImageDigest.TryParse(rest.Substring(at + 1), out digest)) return false;
            rest = rest.Substring(0, at);
        }

        var isTagDefault = digest is null;
        var tag = isTagDefault ? DefaultTag : null;
        // A colon before a slash begins a port.
        if (rest.LastIndexOf(':') is >= 0 and var colon && colon > rest.LastIndexOf('/'))
        {
            (tag, isTagDefault) = (rest.Substring(colon + 1), false);
            rest = rest.Substring(0, colon);
            if (!IsTag(tag)) return false;
        }
        else if (digest is null && IsShortImageId(rest))
        {
            return false;
        }

        var slash = rest.IndexOf('/');
        var host = slash > 0 && IsHost(rest.Substring(0, slash)) ? rest.Substring(0, slash) : null;
        var repository = host is null ? rest : rest.Substring(slash + 1);
        string? hostName = null;
        if (!Identifier.IsRepositoryName(repository) || (host is not null && !TryParseHost(host, out hostName))) return false;
        reference = new ImageReference
        {
            Text = text,
            Host = host,
            HostName = hostName,
            Repository = repository,
            Tag = tag,
            IsTagDefault = isTagDefault,
            Digest = digest,
            IsOfOtherRegistry = hostName is not null && IsOther(hostName),
        };
        return true;
    }

    private static string WithoutPrefix(string text)
    {
        const string separator = "://";
        var place = text.IndexOf(separator, StringComparison.Ordinal);
        return place > 0 ? text.Substring(place + separator.Length) : text;
    }

    private static bool IsTag(string text) =>
        text.Length is > 0 and <= LongestTag && text[0] is not ('.' or '-')
        && text.All(character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.' or '-');

    /// <summary>True for the form in which Docker prints an image whose tag has moved. It names no repository.</summary>
    private static bool IsShortImageId(string text) => text.Length == ShortImageIdLength && text.All(ImageDigest.IsHexadecimal);

    /// <summary>True for the first part of a reference that Docker treats as a host. Otherwise it is a namespace.</summary>
    private static bool IsHost(string text) => text.IndexOfAny(['.', ':']) >= 0 || text == "localhost";

    /// <summary>Returns the name of a host that may have a port.</summary>
    private static bool TryParseHost(string host, out string? name)
    {
        // An IPv6 address has colons within brackets.
        var port = host.LastIndexOf(':');
        var hasPort = port > host.LastIndexOf(']');
        name = (hasPort ? host.Substring(0, port) : host).TrimEnd('.');
        return Uri.CheckHostName(name) != UriHostNameType.Unknown
            && (!hasPort || ushort.TryParse(host.Substring(port + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    private static bool IsOther(string host) => Array.Exists(s_otherRegistries, other =>
        host.EndsWith(other, StringComparison.OrdinalIgnoreCase) && (host.Length == other.Length || host[host.Length - other.Length - 1] == '.'));
}
