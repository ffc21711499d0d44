using System.Text;

namespace CrRegistry.Client.Tests.Fuzzing;

/// <summary>Random mutations of bytes.</summary>
internal static class Mutation
{
    /// <summary>Mutates bytes once: cuts, removes, repeats, inserts, or flips some.</summary>
    /// <param name="random">The generator that chooses the mutation and its position.</param>
    /// <param name="bytes">The bytes, which are not changed.</param>
    /// <param name="tokens">The texts that may be inserted.</param>
    public static byte[] Of(Random random, byte[] bytes, string[] tokens)
    {
        var (from, to) = (random.Next(bytes.Length + 1), random.Next(bytes.Length + 1));
        // Mostly small mutations, because a large one is rejected at its first byte.
        if (random.Next(3) > 0) to = Math.Min(bytes.Length, from + random.Next(12));
        if (from > to) (from, to) = (to, from);
        var (before, inside, after) = (bytes[..from], bytes[from..to], bytes[to..]);
        return random.Next(8) switch
        {
            0 => before,
            1 => [.. before, .. after],
            2 => [.. before, .. inside, .. inside, .. after],
            3 => [.. before, .. Token(), .. inside, .. after],
            4 => [.. before, .. Token(), .. after],
            5 => [.. before, .. Enumerable.Repeat(Token(), random.Next(60)).SelectMany(token => token), .. inside, .. after],
            6 => [.. before, .. inside.Reverse(), .. after],
            _ => Flip(random, bytes),
        };

        byte[] Token() => Encoding.UTF8.GetBytes(random.Pick(tokens));
    }

    public static T Pick<T>(this Random random, T[] choices) => choices[random.Next(choices.Length)];

    private static byte[] Flip(Random random, byte[] bytes)
    {
        bytes = [.. bytes];
        for (var left = random.Next(4); left > 0 && bytes.Length > 0; left--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }
}
