using System.Text;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>
/// The words of a process_command, which no shell sees: blanks part them, quotes of both kinds hold them together. The rules are those of the
/// official SDK for Go, so that one file serves all. It splits like a POSIX shell, but on Windows a backslash is that of a path.
/// Nothing ready-made does it: System.CommandLine knows neither single quotes nor backslashes.
/// </summary>
internal static class CommandLine
{
    private const string EscapableInQuotes = "\"\\$`\n";

    /// <returns>The words; null where a quote is not closed, or nothing follows the last backslash.</returns>
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
    /// Writes words as the one text that .NET Standard's ProcessStartInfo takes: by the rules of Windows, which .NET follows elsewhere too.
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

            // Backslashes count for themselves, except before a quote, where they are doubled.
            quoted.Append('\\', character == '"' ? 2 * backslashes + 1 : backslashes).Append(character);
            backslashes = 0;
        }

        return quoted.Append('\\', 2 * backslashes).Append('"').ToString();
    }
}
