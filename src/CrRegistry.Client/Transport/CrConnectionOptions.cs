using System.Net;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Transport;

/// <summary>How the service is reached, and as whom: what a <see cref="CrConnection"/> is made from.</summary>
internal sealed record CrConnectionOptions
{
    /// <summary>The identity; null to look for one where the official SDKs do.</summary>
    public Credential? Credential { get; init; }

    /// <summary>The format of replies; JSON by default. It also decides how requests are signed.</summary>
    public CrFormat Format { get; init; }

    /// <summary>
    /// The profile to take the identity from: of <c>~/.aliyun/config.json</c>, or else a section of <c>~/.alibabacloud/credentials</c>.
    /// Null where none was named; not used beside a <see cref="Credential"/>.
    /// </summary>
    public string? ProfileName { get; init; }

    /// <summary>The region of the registry; null if it is not known. Inside a VPC, the host of STS is that of the same region.</summary>
    public string? RegionId { get; init; }

    /// <summary>True for the hosts inside a VPC, both of the registry and of STS.</summary>
    public bool IsVpc { get; init; }

    /// <summary>What takes the network's place, for example in tests; never disposed here. Null for the network.</summary>
    public HttpMessageHandler? MessageHandler { get; init; }

    /// <summary>The proxy in place of the system's; null for the system's. Loopback addresses are reached without one in either case.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>How long each try may take up to the headers of the reply; 10 seconds by default.</summary>
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long each try may take up to the last byte of the reply; 30 seconds by default.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The rules and limits of retrying; null for those that connections to the same network share.</summary>
    internal RetryPolicy? RetryPolicy { get; init; }

    /// <summary>What the ends of temporary credentials are held against: the seam for tests.</summary>
    internal Func<DateTimeOffset> Clock { get; init; } = static () => DateTimeOffset.UtcNow;
}
