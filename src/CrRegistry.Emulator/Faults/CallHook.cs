using CrRegistry.Emulator.Requests;

namespace CrRegistry.Emulator.Faults;

/// <summary>Lets the program that runs the emulator choose the fault of a call.</summary>
internal sealed class CallHook
{
    public Func<ReceivedCall, CancellationToken, Task<Fault?>>? Ask { get; set; }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        Exchange exchange = Exchange.Of(context);
        if (exchange.Fault is null && Ask is { } ask)
            exchange.Fault = await ask(exchange.Call, context.RequestAborted);
        await next(context);
    }
}
