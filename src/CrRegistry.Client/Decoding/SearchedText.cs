namespace CrRegistry.Client.Decoding;

/// <summary>
/// The part of a text of the service in which something is searched: at most 10,000 characters, read one by one.
/// It counts the reads, so that a test can tell that the work grows with the text and no faster.
/// </summary>
/// <param name="text">The whole text.</param>
/// <param name="longest">The length of the part.</param>
internal sealed class SearchedText(string text, int longest = SearchedText.Longest)
{
    public const int Longest = 10_000;

    /// <summary>A text of this computer, all of it.</summary>
    public static SearchedText Whole(string text) => new(text, int.MaxValue);

    /// <summary>True if the whole text is longer than this part.</summary>
    public bool IsCut { get; } = text.Length > longest;

    public int Length { get; } = Math.Min(text.Length, longest);

    /// <summary>How often a character was read.</summary>
    public int Reads { get; private set; }

    /// <summary>The character at a place; NUL behind the end.</summary>
    public char this[int index]
    {
        get
        {
            Reads++;
            return index < Length ? text[index] : '\0';
        }
    }

    /// <summary>True if a word of ASCII characters stands at a place, in upper or lower case.</summary>
    public bool HasAt(int index, string word)
    {
        for (var place = 0; place < word.Length; place++)
        {
            if (char.ToUpperInvariant(this[index + place]) != char.ToUpperInvariant(word[place])) return false;
        }

        return true;
    }

    /// <summary>The first place from which on a condition does not hold; the length if it always holds.</summary>
    public int Skip(int index, Func<char, bool> condition)
    {
        while (index < Length && condition(this[index])) index++;
        return index;
    }

    /// <summary>The first place of those before a place for which a condition always holds.</summary>
    public int SkipBack(int index, Func<char, bool> condition)
    {
        while (index > 0 && condition(this[index - 1])) index--;
        return index;
    }

    public string Substring(int start, int end) => text.Substring(start, end - start);
}
