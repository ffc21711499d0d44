using System.Text;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>
/// Splits a process_command into words, because no shell does. Blanks separate words, and both kinds of quotes enclose them. The rules are those of the
/// official SDK for Go, so that one file works for all. It splits like a POSIX shell, but on Windows a backslash is part of a path.
/// System.CommandLine is not used, because it supports neither single quotes nor backslashes.
/// </summary>
internal static class CommandLine
{
    private const string EscapableInQuotes = "\"\\$`\n";

    /// <returns>The words; null if a quote is not closed, or if nothing follows the last backslash.</returns>
    public static List<string>? Split(string command, bool windows)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var quote = '\0';
        for (var index = 0; index < command.Length; index++)
        {
            var character = command[index];
            var next = index + 1 < command.Length ? command[index + 1] : '\0';
            if (character == quote)
            {
                quote = '\0';
            }
            else if (quote == '\'')
            {
                word!.Append(character);
            }
            else if (character == '\\' && IsEscape(quote, next, windows))
            {
                if (index + 1 == command.Length) return null;
                (word ??= new StringBuilder()).Append(next);
                index++;
            }
            else if (quote == '\0' && character is '"' or '\'')
            {
                quote = character;
                word ??= new StringBuilder();
            }
            else if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (word is not null) words.Add(word.ToString());
                word = null;
            }
            else
            {
                (word ??= new StringBuilder()).Append(character);
            }
        }

        if (word is not null) words.Add(word.ToString());
        return quote == '\0' ? words : null;
    }

    /// <summary>
    /// Joins words into the single text that .NET Standard's ProcessStartInfo accepts. The rules are those of Windows, which .NET follows on every system.
    /// </summary>
    public static string Join(IEnumerable<string> words) => string.Join(" ", words.Select(Quote));

    private static bool IsEscape(char quote, char next, bool windows) =>
        windows ? quote == '"' && next == '"' : quote == '\0' || EscapableInQuotes.IndexOf(next) >= 0;

    private static string Quote(string word)
    {
        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var character in word)
        {
            if (character == '\\')
            {
                backslashes++;
                continue;
            }

            // Backslashes are doubled only before a quote.
            quoted.Append('\\', character == '"' ? 2 * backslashes + 1 : backslashes).Append(character);
            backslashes = 0;
        }

        return quoted.Append('\\', 2 * backslashes).Append('"').ToString();
    }
}
