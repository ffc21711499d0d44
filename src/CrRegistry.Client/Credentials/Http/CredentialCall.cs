using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials.Http;

/// <summary>One call for a credential, which may need several attempts.</summary>
/// <param name="Action">What is asked for, as an error names it.</param>
/// <param name="Endpoint">Scheme and host.</param>
/// <param name="Timeout">The time for one attempt, up to the last byte of the reply.</param>
internal sealed record CredentialCall(string Action, Uri Endpoint, TimeSpan Timeout) : ServiceRequest(Action, Endpoint)
{
    /// <summary>Makes the request of an attempt: each has a time and a nonce of its own.</summary>
    public required Func<HttpRequestMessage> NewMessage { get; init; }

    /// <summary>What no error about the request may contain, whoever quotes it.</summary>
    public required Func<HttpRequestMessage, Secrets> SecretsOf { get; init; }

    /// <summary>The key that the service counts requests by; empty if the request is not signed.</summary>
    public string AccessKeyId { get; init; } = "";

    /// <summary>False if another attempt after a lost reply is of no use or would do harm.</summary>
    public bool RetriesLostReply { get; init; } = true;
}
