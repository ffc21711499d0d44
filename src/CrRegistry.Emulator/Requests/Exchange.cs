using CrRegistry.Emulator.Faults;
using Microsoft.AspNetCore.Http.Features;

namespace CrRegistry.Emulator.Requests;

/// <summary>One request and what becomes of it: the feature that the steps of the pipeline share.</summary>
internal sealed class Exchange(ReceivedRequest request, DateTimeOffset receivedAt)
{
    public ReceivedRequest Request { get; } = request;

    public ReceivedCall Call { get; } = new(request.Action, request.Parameters.Own, receivedAt);

    /// <summary>The fault that the call is given, if any.</summary>
    public Fault? Fault { get; set; }

    public string RequestId { get; } = Guid.NewGuid().ToString().ToUpperInvariant();

    /// <summary>The code that was answered: <c>success</c> or the error's.</summary>
    public string? Code { get; set; }

    /// <summary>Whether it is in the log: a reply that never left is noted before the server comes to it.</summary>
    public bool IsLogged { get; set; }

    public static Exchange Of(HttpContext context) => context.Features.GetRequiredFeature<Exchange>();
}
