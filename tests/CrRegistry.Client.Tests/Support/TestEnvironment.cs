using System.Collections;

namespace CrRegistry.Client.Tests.Support;

/// <summary>
/// An environment and a home folder for one test, without variables of the service, files and metadata service. The environment belongs to the process,
/// so that tests that need it do not run in parallel.
/// </summary>
internal sealed class TestEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public TestEnvironment()
    {
        Home = Directory.CreateTempSubdirectory("crregistry").FullName;
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (IsOfTheService((string)variable.Key)) Set((string)variable.Key, null);
        }

        Set("HOME", Home);
        if (OperatingSystem.IsWindows())
        {
            Set("HOMEDRIVE", Home[..2]);
            Set("HOMEPATH", Home[2..]);
        }

        Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    }

    public string Home { get; }

    /// <summary>The short names, which the aliyun CLI also accepts.</summary>
    public static bool IsOfTheService(string variable) =>
        variable.StartsWith("ALIBABA_CLOUD_", StringComparison.Ordinal) || variable.StartsWith("ALIBABACLOUD_", StringComparison.Ordinal) || variable.StartsWith("ALICLOUD_", StringComparison.Ordinal)
        || variable is "ACCESS_KEY_ID" or "ACCESS_KEY_SECRET" or "SECURITY_TOKEN" or "REGION_ID" or "REGION" or "ENDPOINT_TYPE";

    public string ConfigFile => Path.Combine(Home, ".aliyun", "config.json");

    public string CredentialsFile => Path.Combine(Home, ".alibabacloud", "credentials");

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public static string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before) Environment.SetEnvironmentVariable(name, value);
        Directory.Delete(Home, recursive: true);
    }
}
