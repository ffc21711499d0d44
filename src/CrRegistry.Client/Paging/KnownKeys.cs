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
    private readonly HashSet<ulong> _hashes = [];
    private readonly long _seed = NewSeed();

    public long Count => _hashes.Count;

    public ulong[] HashesOf<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string> keyOf)
    {
        var hashes = new ulong[rows.Count];
        for (var row = 0; row < hashes.Length; row++) hashes[row] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(keyOf(rows[row]).AsSpan()), _seed);
        return hashes;
    }

    /// <returns>Whether the row is new.</returns>
    public bool Add(ulong hash) => _hashes.Add(hash);

    /// <summary>A number that two pages share only if they have the same rows in the same order; 0 for an empty one.</summary>
    public static ulong Fingerprint(ulong[] hashes) => hashes.Length == 0 ? 0 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes<ulong>(hashes));

    private static long NewSeed()
    {
        var bytes = new byte[sizeof(long)];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return BitConverter.ToInt64(bytes, 0);
    }
}
