using CrRegistry.Emulator.Requests;

namespace CrRegistry.Emulator.Faults;

/// <summary>
/// Gives faults to the first tries of every call, in turn; the try after the last one is answered, and the next
/// is a first one again. Calls are the same when action and parameters are: each page of a list is one.
/// </summary>
internal sealed class FirstTries(IReadOnlyList<Fault> faults)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _tries = new(StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        Exchange exchange = Exchange.Of(context);
        exchange.Fault ??= NextFault(exchange.Call);
        return next(context);
    }

    private Fault? NextFault(ReceivedCall call)
    {
        string key = $"{call.Action}?{string.Join('&', call.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))}";
        lock (_gate)
        {
            int tries = _tries.GetValueOrDefault(key);
            if (tries == faults.Count)
            {
                _tries.Remove(key);
                return null;
            }

            _tries[key] = tries + 1;
            return faults[tries];
        }
    }
}
