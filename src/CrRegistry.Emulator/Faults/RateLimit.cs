using CrRegistry.Emulator.Requests;

namespace CrRegistry.Emulator.Faults;

/// <summary>Limits the number of requests in a second, which begins with the first request. The header contains the rest of that second.</summary>
internal sealed class RateLimit(int requestsPerSecond, TimeProvider clock)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _windowEnd = DateTimeOffset.MinValue;
    private int _allowed;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Reject() is { } fault)
            Exchange.Of(context).Fault = fault;
        return next(context);
    }

    private Fault? Reject()
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (now >= _windowEnd)
                (_windowEnd, _allowed) = (now + s_window, 0);
            return ++_allowed > requestsPerSecond ? new Fault(FaultKind.Throttling, _windowEnd - now) : null;
        }
    }
}
