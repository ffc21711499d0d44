using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CrRegistry.Emulator.Store;

/// <summary>Values that look random and are the same at each start, so that values that a script stored stay valid.</summary>
internal static class Fingerprint
{
    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Returns 64 hexadecimal digits. SHA-256 is not used, because two hashes for each tag took half of the time of a page.</summary>
    public static string Hex(string text)
    {
        // FNV-1a hashes the text. SplitMix64 extends the hash to four words.
        ulong state = 14_695_981_039_346_656_037;
        foreach (char character in text)
            state = (state ^ character) * 1_099_511_628_211;
        Span<byte> bytes = stackalloc byte[32];
        for (int i = 0; i < bytes.Length; i += sizeof(ulong))
        {
            ulong word = state += 0x9E3779B97F4A7C15;
            word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
            word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[i..], word ^ (word >> 31));
        }

        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>Returns an ID in the form of the service: a prefix such as <c>crr-</c> and 16 lower-case letters and digits.</summary>
    public static string Id(string prefix, string text)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return prefix + string.Concat(hash.Take(16).Select(b => LettersAndDigits[b % LettersAndDigits.Length]));
    }
}
