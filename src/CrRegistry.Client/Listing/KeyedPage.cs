using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>
/// A page with the hashes and times of its rows, for the rule of complete lists. They are computed as soon as the page is decoded, in parallel with
/// other pages. Computing them later takes several times as long, because the rows must be loaded from memory again.
/// </summary>
internal sealed class KeyedPage<TRow>
{
    /// <param name="page">The page.</param>
    /// <param name="kind">The properties of such rows.</param>
    /// <param name="known">The set that the hashes are for.</param>
    public KeyedPage(Page<TRow> page, RowKind<TRow> kind, SeenKeys known)
    {
        Page = page;
        Hashes = new ulong[page.Rows.Count];
        Times = new DateTime?[Hashes.Length];
        for (var row = 0; row < Hashes.Length; row++)
        {
            Hashes[row] = known.HashOf(kind.Key(page.Rows[row]));
            Times[row] = kind.Time(page.Rows[row])?.ToUniversalTime();
        }
    }

    public Page<TRow> Page { get; }

    /// <summary>The hashes of the keys of the rows.</summary>
    public ulong[] Hashes { get; }

    /// <summary>The times of the rows, in UTC.</summary>
    public DateTime?[] Times { get; }
}
