using System.Buffers;

namespace CrRegistry.Client.Decoding;

/// <summary>A reply of a service, with what is needed from its request.</summary>
internal sealed record ApiReply(string Action, int HttpStatus, string? ContentType, ArraySegment<byte> Body, string? RequestId)
{
    /// <summary>The ID of the request from the header, or else from the body; null if it is missing.</summary>
    public string? RequestId { get; private set; } = RequestId;

    /// <summary>The host and port of the request.</summary>
    public string Host { get; init; } = string.Empty;

    /// <summary>The time from sending the request to the last byte of the reply.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The wait before the next request that the service specified; null if it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The header Date; null if it is missing.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The time of this computer when the reply was received.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The string to sign, which is compared and never shown; null for a request without a signature.</summary>
    public string? StringToSign { get; init; }

    /// <summary>True if the connection ended before the body.</summary>
    public bool IsCut { get; init; }

    /// <summary>Notes the ID in the body. It is used if the header is missing, which a proxy may have removed.</summary>
    public void NoteRequestId(string? ofBody) => RequestId ??= ServiceText.Id(ofBody);

    /// <summary>
    /// Returns the array of the body to its pool after the last use. This is for successful replies of API operations only, because
    /// rejections quote signed text and other services return secrets, which must not stay in a shared array.
    /// </summary>
    /// <param name="isSecret">True if the array is cleared before.</param>
    public void ReleaseBody(bool isSecret) => ArrayPool<byte>.Shared.Return(Body.Array!, clearArray: isSecret);
}
