namespace CrRegistry.Requests;

/// <summary>
/// The order of the changes of one pipeline. Changes are made in parallel, so that two changes of one object have no order. Only the first one is
/// attempted. A name and an ID may specify the same object, which only a lookup shows.
/// </summary>
internal sealed class ChangeOrder
{
    private readonly HashSet<string> _objects = new(StringComparer.Ordinal);
    private Task _earlier = Task.CompletedTask;

    /// <summary>Adds a change. Call it in the order of the input.</summary>
    /// <returns>A function that accepts the lookup of the object. Its result is true if no earlier change is of that object. Call it once.</returns>
    public Func<Task<string>, Task<bool>> Next()
    {
        var earlier = _earlier;
        var own = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _earlier = own.Task;
        return async lookup =>
        {
            try
            {
                await Task.WhenAll(earlier, lookup).ConfigureAwait(false);
                return _objects.Add(await lookup.ConfigureAwait(false));
            }
            finally
            {
                own.SetResult(true);
            }
        };
    }
}
