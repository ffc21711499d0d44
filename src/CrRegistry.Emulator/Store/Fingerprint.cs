using System.Security.Cryptography;
using System.Text;

namespace CrRegistry.Emulator.Store;

/// <summary>Values that look random and are the same at each start, so that what a script noted down stays valid.</summary>
internal static class Fingerprint
{
    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";

    public static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>An id as the service writes it: a prefix such as <c>crr-</c> and 16 lower-case letters and digits.</summary>
    public static string Id(string prefix, string text)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return prefix + string.Concat(hash.Take(16).Select(b => LettersAndDigits[b % LettersAndDigits.Length]));
    }
}
