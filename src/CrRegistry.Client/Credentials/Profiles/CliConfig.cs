using System.Text.Json;
using CrRegistry.Client.Credentials.Json;
using static CrRegistry.Client.Credentials.CredentialVariable;

namespace CrRegistry.Client.Credentials.Profiles;

/// <summary>The configuration file of the aliyun CLI, <c>~/.aliyun/config.json</c>.</summary>
internal sealed class CliConfig
{
    /// <summary>The current profile of a file that names none.</summary>
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

    /// <summary>Whether the file itself says which profile is the current one.</summary>
    public bool NamesCurrent { get; }

    public bool HasProfiles => _profiles.Length > 0;

    /// <summary>True if the environment tells the CLI to ignore the file. The CLI takes no other spelling.</summary>
    public static bool IsIgnored => CredentialVariable.Read(IgnoreProfile) == "TRUE";

    /// <summary>The names of the profiles, as an error lists them.</summary>
    public string Names => FileText.Names([.. _profiles.Select(profile => profile.Name!)]);

    /// <summary>Reads the file.</summary>
    /// <param name="absence">Why there is none, in a whole sentence; null where there is one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CrApiException">The file is there, but broken, or the environment names one that is not there.</exception>
    public static CliConfig? Read(out string? absence, CancellationToken cancellationToken)
    {
        var switchedOff = IsTrue(CliProfileDisabled) ? CliProfileDisabled : IsIgnored ? CredentialVariable.Find(IgnoreProfile)!.Value.Name : null;
        absence = switchedOff is null ? null : $"Profile of the aliyun CLI: switched off by {switchedOff}.";
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

    /// <summary>Says that it has not a profile, in a whole sentence.</summary>
    public string Lacks(string name) => $"Profile of the aliyun CLI: '{Path}' has no profile '{FileText.Name(name)}'; it has {Names}.";

    public CliProfileFields? Find(string name) => Array.Find(_profiles, profile => profile.Name == name);

    private static CliConfigFields Parse(string path, string text)
    {
        try
        {
            // A file that nobody filled is like one without profiles.
            return (string.IsNullOrWhiteSpace(text) ? null : JsonSerializer.Deserialize(text, CliConfigJson.Default.CliConfigFields)) ?? new CliConfigFields();
        }
        catch (JsonException exception)
        {
            // The exception stays here: its message quotes the file.
            var (line, position) = (exception.LineNumber + 1, exception.BytePositionInLine + 1);
            throw CredentialFailure.Of($"The file '{path}' is not the JSON of a configuration of the aliyun CLI: line {line}, position {position}.");
        }
    }
}
