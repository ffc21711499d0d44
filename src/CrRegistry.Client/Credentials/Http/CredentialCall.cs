using CrRegistry.Client.Transport.Signing;

namespace CrRegistry.Client.Credentials.Http;

/// <summary>One call for a credential, which may need several attempts.</summary>
/// <param name="Action">The name of the request in errors.</param>
/// <param name="Endpoint">Scheme and host.</param>
/// <param name="Timeout">The timeout of one attempt, up to the last byte of the reply.</param>
internal sealed record CredentialCall(string Action, Uri Endpoint, TimeSpan Timeout)
{
    /// <summary>Creates the request of an attempt. Each attempt has its own time and nonce.</summary>
    public required Func<HttpRequestMessage> NewMessage { get; init; }

    /// <summary>Secrets that no error about the request may contain.</summary>
    public required Func<HttpRequestMessage, Secrets> SecretsOf { get; init; }

    /// <summary>The AccessKey ID for which the service counts requests; empty if the request is not signed.</summary>
    public string AccessKeyId { get; init; } = "";

    /// <summary>True if a lost reply is retried; false if a retry is useless or harmful.</summary>
    public bool RetriesLostReply { get; init; } = true;
}
