namespace CrRegistry.Emulator.Requests;

/// <summary>Reads each request, and logs it with its result.</summary>
internal sealed class RequestLog(TimeProvider clock)
{
    // An emulator may run for days. Tests need far fewer entries.
    private const int Capacity = 100_000;

    private readonly Lock _gate = new();
    private readonly Queue<LoggedRequest> _entries = new();

    public IReadOnlyList<LoggedRequest> Entries
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }

    public void Clear()
    {
        lock (_gate)
            _entries.Clear();
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var exchange = new Exchange(await ReceivedRequest.ReadAsync(context.Request), clock.GetUtcNow());
        context.Features.Set(exchange);

        // Before the first byte of the reply is sent, so that a caller that has the reply finds the entry.
        context.Response.OnStarting(() =>
        {
            Add(exchange, context.Response.StatusCode);
            return Task.CompletedTask;
        });
        await next(context);
    }

    public void Add(Exchange exchange, int? status)
    {
        if (exchange.IsLogged)
            return;
        exchange.IsLogged = true;
        ReceivedCall call = exchange.Call;
        lock (_gate)
        {
            if (_entries.Count == Capacity)
                _entries.Dequeue();
            _entries.Enqueue(new LoggedRequest(call.Action, call.Parameters, call.ReceivedAt, exchange.Request.Format, status, exchange.Code, exchange.Fault?.Kind));
        }
    }
}
