using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>
/// The INI file of the official SDKs, <c>~/.alibabacloud/credentials</c>, or with <c>.ini</c> as the one for C# has it.
/// Read by a few lines here, because Microsoft.Extensions.Configuration.Ini quotes a line that it cannot read in its error, which may be a secret,
/// says nothing of where it is, loses sections that are empty, and takes a comment behind a value for a part of it.
/// </summary>
internal sealed class IniCredentials
{
    private readonly Dictionary<string, Dictionary<string, string>> _sections = new(StringComparer.Ordinal);

    private IniCredentials(string path, string text)
    {
        Path = path;
        Dictionary<string, string>? section = null;
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var line = WithoutComment(lines[index]);
            if (line.Length == 0) continue;
            if (line[0] == '[' && line[line.Length - 1] == ']')
                section = SectionOf(line.Substring(1, line.Length - 2).Trim());
            else if (line.IndexOf('=') is > 0 and var equals)
                (section ?? throw CredentialFailure.Of($"The file '{path}' is no INI file of profiles: line {index + 1} stands before the first [section]."))[line.Substring(0, equals).TrimEnd()] = line.Substring(equals + 1).TrimStart();
            else
                throw CredentialFailure.Of($"The file '{path}' is no INI file: line {index + 1} is neither a [section] nor a key = value.");
        }
    }

    public string Path { get; }

    /// <summary>Reads the file.</summary>
    /// <param name="absence">Why there is none, in a whole sentence; null where there is one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CrApiException">The file is there, but broken, or the environment names one that is not there.</exception>
    public static IniCredentials? Read(out string? absence, CancellationToken cancellationToken)
    {
        absence = null;
        if (CredentialVariable.Read(CredentialsFile) is { } named)
            return Open(named, CredentialFile.ReadNamed(named, CredentialsFile, cancellationToken)) ?? throw CredentialFailure.Of($"The file '{named}', which {CredentialsFile} names, is not there.");
        if (HomeFolder.Find(out absence) is not { } home)
        {
            absence = $"Credentials file: there is none, because {absence}.";
            return null;
        }

        var path = System.IO.Path.Combine(home, ".alibabacloud", "credentials");
        var found = Open(path, CredentialFile.ReadInHome(path, cancellationToken)) ?? Open(path + ".ini", CredentialFile.ReadInHome(path + ".ini", cancellationToken));
        if (found is null) absence = $"Credentials file: there is neither '{path}' nor '{path}.ini'.";
        return found;
    }

    /// <summary>Says that it has not a section, in a whole sentence.</summary>
    public string Lacks(string section) => $"Credentials file: '{Path}' has no section '{section}'; it has {FileText.Names(_sections.Keys)}.";

    public IReadOnlyDictionary<string, string>? Find(string section) => _sections.TryGetValue(section, out var found) ? found : null;

    private static IniCredentials? Open(string path, string? text) => text is null ? null : new IniCredentials(path, text);

    private Dictionary<string, string> SectionOf(string name)
    {
        if (!_sections.TryGetValue(name, out var section)) _sections[name] = section = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        return section;
    }

    /// <summary>A comment is a line that begins with # or ;, or what follows them after a blank: within a value they count.</summary>
    private static string WithoutComment(string line)
    {
        for (var index = 0; index < line.Length; index++)
        {
            if (line[index] is '#' or ';' && (index == 0 || char.IsWhiteSpace(line[index - 1]))) return line.Substring(0, index).Trim();
        }

        return line.Trim();
    }
}
