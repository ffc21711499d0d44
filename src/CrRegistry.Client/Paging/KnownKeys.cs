using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CrRegistry.Client.Paging;

/// <summary>
/// The keys of the rows that have come, for example the names of tags. A 64-bit hash of each is kept: the keys themselves would take three times the memory.
/// The hash is seeded anew for each listing. So nobody can choose names that collide; and a collision by chance, which leaves the list
/// short of TotalCount and thereby an error, does not come again.
/// </summary>
internal sealed class KnownKeys
{
    private const int FewestPlaces = 256;

    /// <summary>
    /// A hash stands at the first free place from the one that its own bits name; 0 is a free place. HashSet would take twice the memory,
    /// and with it twice the waiting for memory, for what no hash needs: it is spread already.
    /// </summary>
    private ulong[] _places = new ulong[FewestPlaces];

    private readonly long _seed = NewSeed();

    public int Count { get; private set; }

    public ulong[] HashesOf<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string> keyOf)
    {
        var hashes = new ulong[rows.Count];
        for (var row = 0; row < hashes.Length; row++) hashes[row] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(keyOf(rows[row]).AsSpan()), _seed);
        return hashes;
    }

    /// <returns>Whether the row is new.</returns>
    public bool Add(ulong hash)
    {
        if (hash == 0) hash = 1;
        var place = PlaceOf(hash);
        if (_places[place] == hash) return false;
        _places[place] = hash;
        if (++Count * 4L > _places.Length * 3L) Grow();
        return true;
    }

    /// <summary>A number that two pages share only if they have the same rows in the same order; 0 for an empty one.</summary>
    public static ulong Fingerprint(ulong[] hashes) => hashes.Length == 0 ? 0 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes<ulong>(hashes));

    /// <summary>Where a hash is, or would be.</summary>
    private int PlaceOf(ulong hash)
    {
        var last = _places.Length - 1;
        var place = (int)hash & last;
        while (_places[place] != 0 && _places[place] != hash) place = (place + 1) & last;
        return place;
    }

    private void Grow()
    {
        var hashes = _places;
        _places = new ulong[2 * hashes.Length];
        foreach (var hash in hashes)
        {
            if (hash != 0) _places[PlaceOf(hash)] = hash;
        }
    }

    private static long NewSeed()
    {
        var bytes = new byte[sizeof(long)];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return BitConverter.ToInt64(bytes, 0);
    }
}
