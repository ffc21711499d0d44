using CrRegistry.Client.Operations;
using CrRegistry.Client.Signing;

namespace CrRegistry.Client.Transport;

/// <summary>A reply, its body read to the end, and what of its request is needed to judge it.</summary>
internal sealed record ApiReply(string Action, int HttpStatus, string? ContentType, byte[] Body, string? RequestId)
{
    private const string RequestIdHeader = "x-acs-request-id";

    /// <summary>The host and port that were asked.</summary>
    public string Host { get; init; } = string.Empty;

    /// <summary>The service's clock, from the header Date; null where there is none.</summary>
    public DateTimeOffset? ServiceDate { get; init; }

    /// <summary>This machine's clock when the reply had come.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What was signed, to be compared and never shown; null where it is not known.</summary>
    public string? StringToSign { get; init; }

    /// <summary>Takes what is needed from a response.</summary>
    /// <param name="request">The call that it answers.</param>
    /// <param name="message">The call as it was sent.</param>
    /// <param name="response">The response.</param>
    /// <exception cref="HttpRequestException">The body did not come whole.</exception>
    public static async Task<ApiReply> ReadAsync(ApiRequest request, SignedRequest message, HttpResponseMessage response) => new(
        request.Action,
        (int)response.StatusCode,
        response.Content?.Headers.ContentType?.MediaType,
        response.Content is null ? [] : await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false),
        response.Headers.TryGetValues(RequestIdHeader, out var ids) && ServiceText.Shown(ids.First()) is { Length: > 0 } id ? id : null)
    {
        Host = request.Endpoint.Authority,
        ServiceDate = response.Headers.Date,
        ReceivedAt = DateTimeOffset.UtcNow,
        StringToSign = message.StringToSign,
    };
}
