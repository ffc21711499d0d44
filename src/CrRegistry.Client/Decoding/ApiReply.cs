using System.Buffers;

namespace CrRegistry.Client.Decoding;

/// <summary>A reply, its body as far as it came, and what of its request is needed to judge it.</summary>
internal sealed record ApiReply(string Action, int HttpStatus, string? ContentType, ArraySegment<byte> Body, string? RequestId)
{
    /// <summary>The ID of the request: that of the header, or else that of the body; null if there is none.</summary>
    public string? RequestId { get; private set; } = RequestId;

    /// <summary>The host and port that were asked.</summary>
    public string Host { get; init; } = string.Empty;

    /// <summary>From sending the request to the last byte of the reply.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How long the service asks to wait before the next request; null where it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The service's clock when it answered; null where it did not tell.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>This machine's clock when the reply had come.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What was signed, to be compared and never shown; null where nothing was.</summary>
    public string? StringToSign { get; init; }

    /// <summary>Whether the connection ended before the body did.</summary>
    public bool IsCut { get; init; }

    /// <summary>Notes the ID in the body. It counts if the header has none: something on the way may have removed it.</summary>
    public void NoteRequestId(string? ofBody) => RequestId ??= ServiceText.Id(ofBody);

    /// <summary>
    /// Gives the body's array back to the pool that it is from, when nobody reads it any more. That is for replies of success to the API's own operations:
    /// refusals quote what was signed, and other services answer with secrets, which are for no array that goes on to others.
    /// </summary>
    public void ReleaseBody() => ArrayPool<byte>.Shared.Return(Body.Array!);
}
