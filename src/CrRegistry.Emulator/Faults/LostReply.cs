using CrRegistry.Emulator.Requests;

namespace CrRegistry.Emulator.Faults;

/// <summary>Executes a call, and then drops its reply or a part of it.</summary>
internal sealed class LostReply(RequestLog log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        Exchange exchange = Exchange.Of(context);
        if (exchange.Fault?.Kind is not (FaultKind.Reset or FaultKind.CutBody or FaultKind.CutText))
        {
            await next(context);
            return;
        }

        HttpResponse response = context.Response;
        Stream wire = response.Body;
        using var whole = new MemoryStream();
        response.Body = whole;
        await next(context);
        response.Body = wire;
        if (exchange.Fault.Kind == FaultKind.Reset)
        {
            log.Add(exchange, null);
            context.Abort();
            return;
        }

        ReadOnlyMemory<byte> half = whole.GetBuffer().AsMemory(0, (int)whole.Length / 2);
        if (exchange.Fault.Kind == FaultKind.CutText)
            response.ContentLength = half.Length;

        // If Content-Length is greater than the length of the body, the server closes the connection.
        await response.Body.WriteAsync(half, context.RequestAborted);
    }
}
