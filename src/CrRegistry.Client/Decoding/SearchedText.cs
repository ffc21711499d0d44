namespace CrRegistry.Client.Decoding;

/// <summary>
/// The part of a text of the service that is searched: at most 10,000 characters.
/// It counts the reads, so that a test can measure how the work grows with the length.
/// </summary>
/// <param name="text">The whole text.</param>
/// <param name="longest">The length of the part.</param>
internal sealed class SearchedText(string text, int longest = SearchedText.Longest)
{
    public const int Longest = 10_000;

    /// <summary>Returns a complete text of this computer.</summary>
    public static SearchedText Whole(string text) => new(text, int.MaxValue);

    /// <summary>True if the whole text is longer than this part.</summary>
    public bool IsCut { get; } = text.Length > longest;

    public int Length { get; } = Math.Min(text.Length, longest);

    /// <summary>The number of reads.</summary>
    public int Reads { get; private set; }

    /// <summary>Returns the character at a position; NUL after the end.</summary>
    public char this[int index]
    {
        get
        {
            Reads++;
            return index < Length ? text[index] : '\0';
        }
    }

    /// <summary>True if a word of ASCII characters is at a position, in upper or lower case.</summary>
    public bool HasAt(int index, string word)
    {
        for (var place = 0; place < word.Length; place++)
        {
            if (char.ToUpperInvariant(this[index + place]) != char.ToUpperInvariant(word[place])) return false;
        }

        return true;
    }

    /// <summary>Returns the first position at which a condition is false; the length if there is none.</summary>
    public int Skip(int index, Func<char, bool> condition)
    {
        while (index < Length && condition(this[index])) index++;
        return index;
    }

    /// <summary>
    /// Returns the beginning of the characters directly before a position for which a condition is true; the position itself if there are none.
    /// </summary>
    public int SkipBack(int index, Func<char, bool> condition)
    {
        while (index > 0 && condition(this[index - 1])) index--;
        return index;
    }

    public string Substring(int start, int end) => text.Substring(start, end - start);
}
