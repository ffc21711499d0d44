namespace CrRegistry.Requests;

/// <summary>The forms of names and IDs: lower-case letters and digits of ASCII, and a few separators between them.</summary>
internal static class Identifier
{
    /// <summary>True for the ID of an instance, for example <c>cri-kmsiwlxxdcvaduwb</c>.</summary>
    public static bool IsInstanceId(string text) => IsId(text, "cri-");

    /// <summary>True for the ID of a repository, for example <c>crr-tquyps22md8purzx</c>.</summary>
    public static bool IsRepositoryId(string text) => IsId(text, "crr-");

    /// <summary>True for an ID with a prefix, for example <c>crn-</c> for namespaces.</summary>
    public static bool IsId(string text, string prefix) =>
        text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal) && text.Skip(prefix.Length).All(character => character == '-' || IsLetterOrDigit(character));

    /// <summary>Returns the object that an ID of the service is for, for example <c>a namespace</c>; null for other text. A name such as <c>cri-tools</c> has no 16 characters after the prefix.</summary>
    public static string? KindOf(string text) => text.Length != 20 || !text.Skip(4).All(IsLetterOrDigit) ? null : text.Substring(0, 4) switch
    {
        "cri-" => "an instance",
        "crn-" => "a namespace",
        "crr-" => "a repository",
        _ => null,
    };

    /// <summary>True for the name of a namespace, for example <c>team</c>.</summary>
    public static bool IsNamespace(string text) => IsName(text, "._-") && KindOf(text) is null;

    /// <summary>True for the name of a repository without its namespace, for example <c>app</c>.</summary>
    public static bool IsRepositoryName(string text) => IsName(text, "._-/");

    /// <summary>True for text that may be the name of an instance. It is part of the domain of the instance.</summary>
    public static bool IsInstanceName(string text) => text.All(character => char.IsLetterOrDigit(character) || character is '-' or '_' or '.');

    /// <summary>True for a lower-case letter or a digit of ASCII.</summary>
    public static bool IsLetterOrDigit(char character) => character is (>= 'a' and <= 'z') or (>= '0' and <= '9');

    /// <summary>True for letters, digits and separators that begin and end with a letter or a digit.</summary>
    private static bool IsName(string text, string separators) =>
        text.Length > 0 && IsLetterOrDigit(text[0]) && IsLetterOrDigit(text[text.Length - 1]) && text.All(character => IsLetterOrDigit(character) || separators.IndexOf(character) >= 0);
}
