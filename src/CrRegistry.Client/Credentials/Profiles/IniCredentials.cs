using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>
/// The INI file of the official SDKs, <c>~/.alibabacloud/credentials</c>, or <c>credentials.ini</c> as in the SDK for C#.
/// Microsoft.Extensions.Configuration.Ini is not used. Its errors quote an invalid line, which may be a secret, and do not contain
/// its position. It drops empty sections, and treats a comment after a value as a part of the value.
/// </summary>
internal sealed class IniCredentials
{
    private static readonly char[] s_delimiters = ['=', ':'];

    private readonly Dictionary<string, Section> _sections = new(StringComparer.Ordinal);

    /// <summary>The lines before the first section or after an invalid header. They may belong to any section.</summary>
    private readonly Section _strays = new();

    private IniCredentials(string path, string text)
    {
        Path = path;
        var section = _strays;
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].Trim();
            if (line.Length == 0 || line[0] is '#' or ';') continue;
            if (line[0] == '[' && HeaderOf(line) is { } name)
            {
                section = SectionOf(name);
            }
            else if (line[0] != '[' && line.IndexOfAny(s_delimiters) is > 0 and var delimiter)
            {
                section.Values[line.Substring(0, delimiter).TrimEnd()] = ValueOf(line.Substring(delimiter + 1).TrimStart());
                if (section == _strays) section.Problem ??= $", because line {index + 1} is before the first [section]";
            }
            else
            {
                // The lines after an invalid header must not become a part of the section before it.
                if (line[0] == '[') section = _strays;
                section.Problem ??= $", because line {index + 1} is neither a [section] nor a key = value";
            }
        }
    }

    public string Path { get; }

    public IEnumerable<string> SectionNames => _sections.Keys;

    /// <summary>Reads the file.</summary>
    /// <param name="absence">The reason why there is no file, in a complete sentence; null if there is one.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CrApiException">The file cannot be read, or the environment specifies a file that does not exist.</exception>
    public static IniCredentials? Read(out string? absence, CancellationToken cancellationToken)
    {
        absence = null;
        if (CredentialVariable.Read(CredentialsFile) is { } named)
            return Open(named, CredentialFile.ReadNamed(named, CredentialsFile, cancellationToken)) ?? throw CredentialFailure.Of($"The file '{named}', which {CredentialsFile} specifies, does not exist.");
        if (HomeFolder.Find(out absence) is not { } home)
        {
            absence = $"Credentials file: there is no file, because {absence}.";
            return null;
        }

        var path = System.IO.Path.Combine(home, ".alibabacloud", "credentials");
        var found = Open(path, CredentialFile.ReadInHome(path, cancellationToken)) ?? Open(path + ".ini", CredentialFile.ReadInHome(path + ".ini", cancellationToken));
        if (found is null) absence = $"Credentials file: there is neither '{path}' nor '{path}.ini'.";
        return found;
    }

    /// <summary>Returns a complete sentence that the file does not contain the section.</summary>
    public string Lacks(string section) => $"Credentials file: '{Path}' has no section '{FileText.Name(section)}'; it has {FileText.Names(_sections.Keys)}.";

    /// <returns>The values of a section; null if there is no such section.</returns>
    /// <exception cref="CrApiException">A line of the section, or one that may belong to it, is invalid. Other sections are not checked.</exception>
    public IReadOnlyDictionary<string, string>? Find(string section)
    {
        var found = _sections.TryGetValue(section, out var own) ? own : null;
        // The lines before the first header may belong to the missing section.
        if ((found ?? _strays).Problem is { } problem) throw CredentialFailure.Of($"The file '{Path}' is not an INI file{problem}.");
        return found?.Values;
    }

    private static IniCredentials? Open(string path, string? text) => text is null ? null : new IniCredentials(path, text);

    private Section SectionOf(string name)
    {
        if (!_sections.TryGetValue(name, out var section)) _sections[name] = section = new Section();
        return section;
    }

    /// <summary>Returns the name in a header, which a comment may follow; null if the header is not closed.</summary>
    private static string? HeaderOf(string line) =>
        line.IndexOf(']') is > 0 and var end && WithoutComment(line.Substring(end + 1)).Length == 0 ? line.Substring(1, end - 1).Trim() : null;

    /// <summary>Returns a value without its quotation marks. A # or ; in quotation marks does not start a comment.</summary>
    private static string ValueOf(string text)
    {
        var value = text.Length > 1 && text[0] is '"' or '\'' && EndOfQuoted(text) is var end and > 0 ? text.Substring(1, end - 1) : null;
        if (value is null) return WithoutComment(text);
        return text[0] == '"' ? value.Replace("\\\"", "\"").Replace("\\\\", "\\") : value;
    }

    /// <summary>Returns the index of the closing quotation mark; -1 if it is missing. Only a comment may follow it.</summary>
    private static int EndOfQuoted(string text)
    {
        for (var index = 1; index < text.Length; index++)
        {
            if (text[0] == '"' && text[index] == '\\') index++;
            else if (text[index] == text[0] && WithoutComment(text.Substring(index + 1)).Length == 0) return index;
        }

        return -1;
    }

    /// <summary>Removes a comment, which starts with # or ; after a blank. Without a blank they are a part of the value.</summary>
    private static string WithoutComment(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] is '#' or ';' && (index == 0 || char.IsWhiteSpace(text[index - 1]))) return text.Substring(0, index).Trim();
        }

        return text.Trim();
    }

    private sealed class Section
    {
        public Dictionary<string, string> Values { get; } = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>The first invalid line, or null.</summary>
        public string? Problem { get; set; }
    }
}
