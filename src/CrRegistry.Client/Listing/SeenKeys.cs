using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CrRegistry.Client.Listing;

/// <summary>
/// The keys of the rows that were received, for example the names of tags. A 64-bit hash of each is kept, because the keys take three times the memory.
/// Each listing has a new seed, so that no user can choose names that collide. A collision by chance leaves fewer rows than TotalCount,
/// which is an error, and does not occur again.
/// </summary>
internal sealed class SeenKeys
{
    private const int FewestPlaces = 256;

    /// <summary>Upper bound for preallocation from an untrusted TotalCount: 48 MB, which the system provides on use.</summary>
    private const int MostExpected = 4_000_000;

    /// <summary>
    /// An open-addressing table: a hash is at the first free place from the one that its bits determine, and 0 is a free place. HashSet takes twice
    /// the memory, and spreads hashes again.
    /// </summary>
    private ulong[] _places = new ulong[FewestPlaces];

    private readonly long _seed = NewSeed();

    public int Count { get; private set; }

    /// <summary>Returns the hash of a key in this set.</summary>
    public ulong HashOf(string key) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.AsSpan()), _seed);

    /// <summary>Reserves memory for the expected rows, because growing step by step needs twice as much for a time.</summary>
    public void Expect(long rows)
    {
        var places = Math.Min(rows, MostExpected) * 3 / 2;
        if (places > _places.Length) Resize((int)places);
    }

    /// <returns>For each row, true if it is new.</returns>
    public bool[] Add(ulong[] hashes) => Array.ConvertAll(hashes, Add);

    /// <summary>True if a row is not in the set.</summary>
    public bool HasNewOf(ulong[] hashes) => Array.Exists(hashes, hash => _places[PlaceOf(NonZero(hash))] == 0);

    /// <summary>True if a row is in the set.</summary>
    public bool HasAnyOf(ulong[] hashes) => Array.Exists(hashes, hash => _places[PlaceOf(NonZero(hash))] != 0);

    /// <summary>Returns a hash that is equal for two pages with the same rows in the same order; 0 for an empty page.</summary>
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

    /// <summary>Returns a hash that is not 0, because 0 marks a free place.</summary>
    private static ulong NonZero(ulong hash) => Math.Max(1, hash);

    /// <summary>Returns the place of a hash, or the free place for it.</summary>
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
