using System.Net;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Transport;

/// <summary>The address, the network and the identity of a <see cref="CrConnection"/>.</summary>
internal sealed record CrConnectionOptions
{
    /// <summary>The identity; null for the credential chain of the official SDKs.</summary>
    public Credential? Credential { get; init; }

    /// <summary>The format of replies; JSON by default. It also decides how requests are signed.</summary>
    public CrFormat Format { get; init; }

    /// <summary>
    /// The profile to take the identity from: of <c>~/.aliyun/config.json</c>, or else a section of <c>~/.alibabacloud/credentials</c>.
    /// Null for the default profile. A <see cref="Credential"/> takes precedence.
    /// </summary>
    public string? ProfileName { get; init; }

    /// <summary>The region of the registry; null if it is not known. Inside a VPC, the host of STS is that of the same region.</summary>
    public string? RegionId { get; init; }

    /// <summary>True for the hosts inside a VPC, both of the registry and of STS.</summary>
    public bool IsVpc { get; init; }

    /// <summary>Replaces the network, for example in tests; null for the network. The caller disposes it.</summary>
    public HttpMessageHandler? MessageHandler { get; init; }

    /// <summary>The proxy; null for that of the system. Loopback addresses are always reached directly.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>The timeout of each attempt up to the headers of the reply. The default is 10 seconds.</summary>
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The timeout of each attempt up to the last byte of the reply. The default is 30 seconds.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The retry rules and rate limits; null for those that all connections to the same network share.</summary>
    internal RetryPolicy? RetryPolicy { get; init; }

    /// <summary>Returns the current time, which decides whether temporary credentials have expired. Tests replace it.</summary>
    internal Func<DateTimeOffset> Clock { get; init; } = static () => DateTimeOffset.UtcNow;
}
