using Microsoft.AspNetCore.Http.Features;

namespace CrRegistry.Emulator.Requests;

/// <summary>One request and what becomes of it: the feature that the steps of the pipeline share.</summary>
internal sealed class Exchange(ReceivedRequest request, DateTimeOffset receivedAt)
{
    public ReceivedRequest Request { get; } = request;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    public string RequestId { get; } = Guid.NewGuid().ToString().ToUpperInvariant();

    /// <summary>The code that was answered: <c>success</c> or the error's.</summary>
    public string? Code { get; set; }

    public static Exchange Of(HttpContext context) => context.Features.GetRequiredFeature<Exchange>();
}
