using System.Numerics;

namespace CrRegistry.Emulator.Store;

/// <summary>
/// A permutation of 0 … count-1 that computes each position without the others, so that a page
/// of a million shuffled tags costs no more than a page of sorted ones. It is a Feistel network over the next power
/// of four, applied until the result is in the range.
/// </summary>
internal readonly struct Shuffle(int count, uint key)
{
    private const int Rounds = 4;

    public int this[int position]
    {
        get
        {
            int half = (BitOperations.Log2((uint)count) / 2) + 1;
            uint mask = (1u << half) - 1;
            ulong value = (ulong)position;
            do
            {
                uint left = (uint)(value >> half);
                uint right = (uint)value & mask;
                for (uint round = 0; round < Rounds; round++)
                    (left, right) = (right, left ^ (Mix(right, round) & mask));
                value = ((ulong)left << half) | right;
            }
            while (value >= (ulong)count);
            return (int)value;
        }
    }

    private uint Mix(uint value, uint round)
    {
        uint mixed = (value + key + (round * 0x9E3779B9)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >> 15)) * 0xC2B2AE35;
        return mixed ^ (mixed >> 13);
    }
}
