using System.Text.Json;
using CrRegistry.Client.Credentials.Json;
using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>The configuration file of the aliyun CLI, <c>~/.aliyun/config.json</c>.</summary>
internal sealed class CliConfig
{
    /// <summary>The current profile of a file that does not specify one.</summary>
    public const string DefaultName = "default";

    private readonly CliProfileFields[] _profiles;

    private CliConfig(string path, CliConfigFields fields)
    {
        Path = path;
        NamesCurrent = fields.Current is { Length: > 0 };
        Current = NamesCurrent ? fields.Current! : DefaultName;
        _profiles = [.. (fields.Profiles ?? []).Where(profile => profile is { Name.Length: > 0 }).Select(profile => profile!)];
    }

    public string Path { get; }

    public string Current { get; }

    /// <summary>True if the file specifies the current profile.</summary>
    public bool NamesCurrent { get; }

    public bool HasProfiles => _profiles.Length > 0;

    /// <summary>True if an environment variable disables the file. The CLI accepts no other spelling.</summary>
    public static bool IsIgnored => CredentialVariable.Read(IgnoreProfile) == "TRUE";

    public IEnumerable<string> ProfileNames => _profiles.Select(profile => profile.Name!);

    /// <summary>The names of the profiles for an error.</summary>
    public string Names => FileText.Names([.. ProfileNames]);

    /// <summary>Reads the file.</summary>
    /// <param name="absence">The reason why there is no file, in a complete sentence; null if there is one.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CrApiException">The file is invalid, or the environment names a file that does not exist.</exception>
    public static CliConfig? Read(out string? absence, CancellationToken cancellationToken)
    {
        var disabledBy = IsTrue(CliProfileDisabled) ? CliProfileDisabled : IsIgnored ? CredentialVariable.Find(IgnoreProfile)!.Value.Name : null;
        absence = disabledBy is null ? null : $"Profile of the aliyun CLI: it is disabled by {disabledBy}.";
        if (absence is not null) return null;
        if (CredentialVariable.Read(ConfigFile) is { } named)
        {
            var content = CredentialFile.ReadNamed(named, ConfigFile, cancellationToken) ?? throw CredentialFailure.Of($"The file '{named}', which {ConfigFile} specifies, does not exist.");
            return new CliConfig(named, Parse(named, content));
        }

        if (HomeFolder.Find(out absence) is not { } home)
        {
            absence = $"Profile of the aliyun CLI: there is no file, because {absence}.";
            return null;
        }

        var path = System.IO.Path.Combine(home, ".aliyun", "config.json");
        if (CredentialFile.ReadInHome(path, cancellationToken) is { } text) return new CliConfig(path, Parse(path, text));
        absence = $"Profile of the aliyun CLI: there is no file '{path}'.";
        return null;
    }

    /// <summary>Returns a complete sentence that the file does not contain the profile.</summary>
    public string Lacks(string name) => $"Profile of the aliyun CLI: '{Path}' has no profile '{FileText.Name(name)}'; it has {Names}.";

    public CliProfileFields? Find(string name) => Array.Find(_profiles, profile => profile.Name == name);

    private static CliConfigFields Parse(string path, string text)
    {
        try
        {
            // An empty file is treated as a file without profiles.
            return (string.IsNullOrWhiteSpace(text) ? null : JsonSerializer.Deserialize(text, CliConfigJson.Default.CliConfigFields)) ?? new CliConfigFields();
        }
        catch (JsonException exception)
        {
            // The exception is not passed on, because its message quotes the file.
            var (line, position) = (exception.LineNumber + 1, exception.BytePositionInLine + 1);
            throw CredentialFailure.Of($"The file '{path}' is not a valid configuration of the aliyun CLI (line {line}, position {position}).");
        }
    }
}
