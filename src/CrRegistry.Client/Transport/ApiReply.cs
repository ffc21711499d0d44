namespace CrRegistry.Client.Transport;

/// <summary>A reply with an HTTP status of success, its body whole.</summary>
internal sealed record ApiReply(string Action, int HttpStatus, string? ContentType, byte[] Body, string? RequestId)
{
    /// <summary>The service's clock when it answered; null where it did not tell.</summary>
    public DateTimeOffset? Date { get; init; }
}
