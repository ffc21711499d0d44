namespace CrRegistry.Client.Listing;

/// <summary>
/// Counts the equal rows of a list in which no field identifies a row, for example a log. An equal row on another page may be a row that moved there.
/// It is therefore returned only after two readings with other page borders have returned it equally often.
/// </summary>
internal sealed class EqualRows<TRow>
{
    private readonly Dictionary<ulong, int> _returned = [];
    private readonly Dictionary<ulong, (TRow Row, int Count)> _ofPass = [];

    /// <summary>The number of rows that were returned.</summary>
    public long Returned { get; private set; }

    /// <summary>Begins another reading.</summary>
    public void BeginPass() => _ofPass.Clear();

    /// <summary>Adds the rows of a page to the current reading.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="hashes">The hashes of their keys.</param>
    /// <returns>The rows that were not returned, equal ones of this page included.</returns>
    public List<TRow> Take(IReadOnlyList<TRow> rows, ulong[] hashes)
    {
        var ofPage = new Dictionary<ulong, int>();
        var fresh = new List<TRow>();
        for (var row = 0; row < hashes.Length; row++)
        {
            var hash = hashes[row];
            _ofPass[hash] = (rows[row], CountOf(_ofPass, hash).Count + 1);
            ofPage[hash] = CountOf(ofPage, hash) + 1;
            if (ofPage[hash] > CountOf(_returned, hash)) fresh.Add(Return(hash, rows[row]));
        }

        return fresh;
    }

    /// <summary>Returns the equal rows of the last reading that are on different pages.</summary>
    public List<TRow> TakeRest()
    {
        var rest = new List<TRow>();
        foreach (var (hash, (row, count)) in _ofPass.Select(pair => (pair.Key, pair.Value)))
        {
            while (CountOf(_returned, hash) < count) rest.Add(Return(hash, row));
        }

        return rest;
    }

    private TRow Return(ulong hash, TRow row)
    {
        _returned[hash] = CountOf(_returned, hash) + 1;
        Returned++;
        return row;
    }

    private static T? CountOf<T>(Dictionary<ulong, T> counts, ulong hash) => counts.TryGetValue(hash, out var count) ? count : default;
}
