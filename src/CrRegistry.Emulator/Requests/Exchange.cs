using CrRegistry.Emulator.Faults;
using Microsoft.AspNetCore.Http.Features;

namespace CrRegistry.Emulator.Requests;

/// <summary>One request and its result. The steps of the pipeline share it as a feature.</summary>
internal sealed class Exchange(ReceivedRequest request, DateTimeOffset receivedAt)
{
    public ReceivedRequest Request { get; } = request;

    public ReceivedCall Call { get; } = new(request.Action, request.Parameters.Own, receivedAt);

    /// <summary>The simulated fault of the call, or null.</summary>
    public Fault? Fault { get; set; }

    public string RequestId { get; } = Guid.NewGuid().ToString().ToUpperInvariant();

    /// <summary>The code of the reply: <c>success</c> or the error's.</summary>
    public string? Code { get; set; }

    /// <summary>True if it is in the log. A reply that is never sent is logged before the server starts the response.</summary>
    public bool IsLogged { get; set; }

    public static Exchange Of(HttpContext context) => context.Features.GetRequiredFeature<Exchange>();
}
