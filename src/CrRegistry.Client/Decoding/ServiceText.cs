namespace CrRegistry.Client.Decoding;

/// <summary>
/// Makes text of the service, of a file or of the network safe for messages: with a limited length, with visible escapes, and without the text
/// that the service signed. Hostile text could make a search slow, so each search reads the text once, forward, and at most the length of
/// <see cref="SearchedText"/>.
/// </summary>
internal static class ServiceText
{
    /// <summary>Replaces the rest of a text that is cut.</summary>
    public const char Cut = '…';

    private const int LongestShown = 1000;

    /// <summary>
    /// Returns the text with escapes in place of its control characters and without white space at its ends. It is cut before any signed
    /// text, and at the last word before 1,000 characters.
    /// </summary>
    public static string Shown(string text) => Shown(new SearchedText(text), static bare => new SearchedText(bare));

    /// <param name="text">The text.</param>
    /// <param name="search">Creates the text that is searched. A test that counts the reads replaces it.</param>
    internal static string Shown(SearchedText text, Func<string, SearchedText> search)
    {
        var (start, end, isCut) = (text.Skip(0, char.IsWhiteSpace), text.Length, text.IsCut);
        // Invisible characters and control sequences may split the words that introduce the signed text. A sequence may also contain them.
        var (whole, part) = (BareText.Of(text, withSequences: true), BareText.Of(text, withSequences: false));
        foreach (var bare in whole.Text == part.Text ? [whole] : new[] { whole, part })
        {
            if (SignedTextAt(search(bare.Text)) is { } place && (bare.StartOf(place) < end || isCut)) (end, isCut) = (Math.Min(end, bare.StartOf(place)), false);
        }

        var shown = SafeText.Beginning(text.Substring(Math.Min(start, end), end), LongestShown, out var isLong);
        return isLong || isCut ? WithoutLastWord(shown) + Cut : shown.TrimEnd();
    }

    /// <summary>Returns the ID of a request in a safe form; null if it is empty.</summary>
    public static string? Id(string? text)
    {
        // The service uses UUIDs.
        if (text is null || Guid.TryParseExact(text, "D", out _)) return text;
        return Shown(text) is { Length: > 0 } shown ? shown : null;
    }

    /// <summary>Returns an address for a browser; null if the text is not one, or cannot be shown unchanged.</summary>
    public static string? Address(string? text) =>
        text is not null && Shown(text) == text
        && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
        && SignedTextAt(new SearchedText(Uri.UnescapeDataString(text))) is null
            ? text
            : null;

    /// <summary>Returns the part of a text that quotes the text that the service signed; null if it is missing.</summary>
    public static string? SignedText(string text)
    {
        var searched = new SearchedText(text);
        return SignedTextAt(searched) is { } start ? searched.Substring(start, searched.Length) : null;
    }

    /// <summary>
    /// Returns the position at which the service begins to quote the text that it signed ("server string to sign is:"), or similar words.
    /// The quoted text contains the AccessKey ID and the security token.
    /// </summary>
    private static int? SignedTextAt(SearchedText text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '&' when text.HasAt(index, "&%2F&"):
                    return text.SkipBack(index, static character => char.IsLetterOrDigit(character) || character == '_');
                case 'a' or 'A' when IsField(text, index, "AccessKeyId"):
                case 's' or 'S' when IsField(text, index, "SecurityToken"):
                case 'x' or 'X' when text.HasAt(index, "x-acs-security-token"):
                    return index;
                case 's' or 'S' when IsStringToSign(text, index):
                    const string server = "server";
                    var end = text.SkipBack(index, IsGap);
                    return end >= server.Length && text.HasAt(end - server.Length, server) ? end - server.Length : index;
            }
        }

        return null;
    }

    private static bool IsField(SearchedText text, int index, string name) =>
        text.HasAt(index, name) && (text[index + name.Length] == '=' || text.HasAt(index + name.Length, "%3D"));

    private static bool IsStringToSign(SearchedText text, int index)
    {
        foreach (var word in new[] { "string", "to", "sign" })
        {
            if (!text.HasAt(index, word)) return false;
            index = text.Skip(index + word.Length, IsGap);
        }

        return true;
    }

    private static bool IsGap(char character) => char.IsWhiteSpace(character) || character == '+';

    /// <summary>
    /// Removes the last word of a text that was cut, because it may be the beginning of a secret. A word of more than half
    /// of the text stays. The caller hides the secret at its end.
    /// </summary>
    private static string WithoutLastWord(string text)
    {
        var end = text.Length;
        while (end > 0 && text[end - 1] is >= '!' and <= '~') end--;
        return end < text.Length / 2 ? text : text.Substring(0, end);
    }
}
