namespace CrRegistry.Client.Listing;

/// <summary>Reads consecutive pages, several at a time, and returns them in order.</summary>
internal sealed class ReadAhead<TPage>(Func<int, CancellationToken, Task<TPage>> read, int pagesAhead)
{
    /// <param name="from">The first page.</param>
    /// <param name="to">Returns the last page. It is called again after each page, because a page may show that there are more.</param>
    /// <param name="take">Takes each page in order; false ends the reading.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>False if <paramref name="take"/> ended it.</returns>
    public async Task<bool> RunAsync(int from, Func<int> to, Func<TPage, Task<bool>> take, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<TPage>>();
        var next = from;
        try
        {
            while (true)
            {
                while (underWay.Count < pagesAhead && next <= to()) underWay.Enqueue(read(next++, stop.Token));
                if (underWay.Count == 0) return true;
                if (!await take(await underWay.Dequeue().ConfigureAwait(false)).ConfigureAwait(false)) return false;
            }
        }
        finally
        {
            stop.Cancel();
            // No request is left running. Exceptions of abandoned requests are ignored.
            await Task.WhenAny(Task.WhenAll(underWay)).ConfigureAwait(false);
        }
    }
}
