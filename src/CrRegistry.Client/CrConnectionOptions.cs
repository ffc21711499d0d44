using CrRegistry.Client.Credentials;

namespace CrRegistry.Client;

/// <summary>How the service is reached, and as whom: what a <see cref="CrConnection"/> is made from.</summary>
public sealed record CrConnectionOptions
{
    /// <summary>The identity; null to look for one where the official SDKs do.</summary>
    public Credential? Credential { get; init; }

    /// <summary>The format of replies; JSON by default. It also decides how requests are signed.</summary>
    public CrFormat Format { get; init; }

    /// <summary>What takes the network's place, for example in tests; never disposed here. Null for the network.</summary>
    public HttpMessageHandler? MessageHandler { get; init; }
}
