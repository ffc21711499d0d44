namespace CrRegistry.Client.Transport;

/// <summary>A reply, its body as far as it came.</summary>
internal sealed record ApiReply(string Action, int HttpStatus, string? ContentType, byte[] Body, string? RequestId)
{
    /// <summary>From sending the request to the last byte of the reply.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How long the service asks to wait before the next request; null where it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The service's clock when it answered; null where it did not tell.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Whether the connection ended before the body did.</summary>
    public bool IsCut { get; init; }
}
