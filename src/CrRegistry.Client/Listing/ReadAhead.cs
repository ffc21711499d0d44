namespace CrRegistry.Client.Listing;

/// <summary>Reads consecutive pages, several at a time, and gives them in their order.</summary>
internal sealed class ReadAhead<TPage>(Func<int, CancellationToken, Task<TPage>> read, int pagesAhead)
{
    /// <param name="from">The first page.</param>
    /// <param name="to">The last page. Asked again after each page, since a page may tell of more.</param>
    /// <param name="take">Takes each page in its turn; false ends the reading.</param>
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
            // No request is left running, and what the abandoned ones throw is of no interest.
            await Task.WhenAny(Task.WhenAll(underWay)).ConfigureAwait(false);
        }
    }
}
