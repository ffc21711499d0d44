namespace CrRegistry.Requests;

/// <summary>The forms of names and IDs: lower-case letters and digits of ASCII, and a few separators between them.</summary>
internal static class Identifier
{
    /// <summary>True for the ID of an instance, for example <c>cri-kmsiwlxxdcvaduwb</c>.</summary>
    public static bool IsInstanceId(string text) => HasPrefix(text, "cri-");

    /// <summary>True for a prefix with at least one lower-case letter, digit or hyphen behind it, and nothing else.</summary>
    public static bool HasPrefix(string text, string prefix) =>
        text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal) && text.Skip(prefix.Length).All(character => character == '-' || IsLetterOrDigit(character));

    /// <summary>True for letters, digits and separators that begins and ends with a letter or a digit.</summary>
    public static bool IsName(string text, string separators) =>
        text.Length > 0 && IsLetterOrDigit(text[0]) && IsLetterOrDigit(text[text.Length - 1]) && text.All(character => IsLetterOrDigit(character) || separators.IndexOf(character) >= 0);

    public static bool IsLetterOrDigit(char character) => character is (>= 'a' and <= 'z') or (>= '0' and <= '9');
}
