using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CrRegistry.Client.Paging;

/// <summary>
/// The names of the tags that have come. A 64-bit hash of each is kept: the names themselves would take three times the memory.
/// The key is new for each listing. So nobody can choose names that collide; and a collision by chance, which leaves the list
/// short of TotalCount and thereby an error, does not come again.
/// </summary>
internal sealed class KnownTags
{
    private readonly HashSet<ulong> _hashes = [];
    private readonly long _key = NewKey();

    public long Count => _hashes.Count;

    public ulong[] HashesOf(IReadOnlyList<ImageTag> tags)
    {
        var hashes = new ulong[tags.Count];
        for (var row = 0; row < hashes.Length; row++) hashes[row] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(tags[row].Tag.AsSpan()), _key);
        return hashes;
    }

    /// <returns>Whether the tag is new.</returns>
    public bool Add(ulong hash) => _hashes.Add(hash);

    /// <summary>A number that two pages share only if they have the same tags in the same order; 0 for an empty one.</summary>
    public static ulong Fingerprint(ulong[] hashes) => hashes.Length == 0 ? 0 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes<ulong>(hashes));

    private static long NewKey()
    {
        var bytes = new byte[sizeof(long)];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return BitConverter.ToInt64(bytes, 0);
    }
}
