using CrRegistry.Emulator.Requests;

namespace CrRegistry.Emulator.Faults;

/// <summary>
/// Simulates faults in the first attempts of each call, in order. The attempt after the last fault succeeds, and the next one
/// is a first attempt again. Calls are equal if their actions and parameters are equal, so that each page of a list is a separate call.
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
