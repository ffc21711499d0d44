using CrRegistry.Requests;

namespace CrRegistry.Client.Listing;

/// <summary>
/// A page with what the rule of whole lists needs of its rows. It is taken from them as soon as they are decoded, beside other pages and while
/// the processor has them at hand: to fetch them from memory once more in the page's turn takes several times as long.
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

    /// <summary>Of the keys of the rows.</summary>
    public ulong[] Hashes { get; }

    /// <summary>The times of the rows, in UTC.</summary>
    public DateTime?[] Times { get; }
}
