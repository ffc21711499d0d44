using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CrRegistry.Client.Listing;

/// <summary>
/// The keys of the rows that have come, for example the names of tags. A 64-bit hash of each is kept: the keys themselves would take three times the memory.
/// The hash is seeded anew for each listing. So nobody can choose names that collide; and a collision by chance, which leaves the list
/// short of TotalCount and thereby an error, does not come again.
/// </summary>
internal sealed class SeenKeys
{
    private const int FewestPlaces = 256;

    /// <summary>Of a count that somebody tells, no more than this is taken on trust: 48 MB of places, of which the system gives none before it is used.</summary>
    private const int MostExpected = 4_000_000;

    /// <summary>
    /// A hash stands at the first free place from the one that its own bits name; 0 is a free place. HashSet would take twice the memory,
    /// and with it twice the waiting for memory, for what no hash needs: it is spread already.
    /// </summary>
    private ulong[] _places = new ulong[FewestPlaces];

    private readonly long _seed = NewSeed();

    public int Count { get; private set; }

    /// <summary>What stands for a key in this set.</summary>
    public ulong HashOf(string key) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.AsSpan()), _seed);

    /// <summary>Makes room at once for as many rows as are expected: growing step by step leaves behind, for a time, as much as it ends with.</summary>
    public void Expect(long rows)
    {
        var places = Math.Min(rows, MostExpected) * 3 / 2;
        if (places > _places.Length) Resize((int)places);
    }

    /// <returns>Of each row, whether it is new.</returns>
    public bool[] Add(ulong[] hashes) => Array.ConvertAll(hashes, Add);

    /// <summary>True if a row is not in the set.</summary>
    public bool HasNewOf(ulong[] hashes) => Array.Exists(hashes, hash => _places[PlaceOf(NonZero(hash))] == 0);

    /// <summary>True if a row is in the set.</summary>
    public bool HasAnyOf(ulong[] hashes) => Array.Exists(hashes, hash => _places[PlaceOf(NonZero(hash))] != 0);

    /// <summary>A number that two pages share only if they have the same rows in the same order; 0 for an empty one.</summary>
    public static ulong Fingerprint(ulong[] hashes) => hashes.Length == 0 ? 0 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes<ulong>(hashes));

    /// <summary>The rows of one page that have the key of an earlier row of the page, each with that row.</summary>
    public static List<(int Earlier, int Later)> RepeatedIn(ulong[] hashes)
    {
        var rows = new Dictionary<ulong, int>();
        var repeated = new List<(int Earlier, int Later)>();
        for (var row = 0; row < hashes.Length; row++)
        {
            if (rows.TryGetValue(hashes[row], out var earlier)) repeated.Add((earlier, row));
            else rows.Add(hashes[row], row);
        }

        return repeated;
    }

    private bool Add(ulong hash)
    {
        hash = NonZero(hash);
        var place = PlaceOf(hash);
        if (_places[place] == hash) return false;
        _places[place] = hash;
        if (++Count * 4L > _places.Length * 3L) Resize(2 * _places.Length);
        return true;
    }

    /// <summary>0 is a free place.</summary>
    private static ulong NonZero(ulong hash) => Math.Max(1, hash);

    /// <summary>Where a hash is, or would be.</summary>
    private int PlaceOf(ulong hash)
    {
        var place = (int)(((hash >> 32) * (ulong)_places.Length) >> 32);
        while (_places[place] != 0 && _places[place] != hash) place = place + 1 < _places.Length ? place + 1 : 0;
        return place;
    }

    private void Resize(int places)
    {
        var hashes = _places;
        _places = new ulong[places];
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
