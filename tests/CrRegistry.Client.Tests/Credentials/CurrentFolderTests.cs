using System.Text.Json;
using CrRegistry.Client.Credentials.Profiles;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>No file is read from the current folder, and no program is started from it, for any home folder.</summary>
public sealed class CurrentFolderTests : ChainTest, IDisposable
{
    private const string Output = """{"mode": "AK", "access_key_id": "test-id", "access_key_secret": "test-secret"}""";

    private readonly string _before = System.Environment.CurrentDirectory;
    private readonly string _traps = Directory.CreateTempSubdirectory("crregistry-traps").FullName;

    public CurrentFolderTests()
    {
        foreach (var folder in new[] { _traps, Path.Combine(_traps, "home") })
        {
            TestEnvironment.Write(Path.Combine(folder, ".aliyun", "config.json"), $$"""{"current": "p", "profiles": [{{Profile("External", $"\"process_command\": {JsonSerializer.Serialize(Trap("trap"))}")}}]}""");
            TestEnvironment.Write(Path.Combine(folder, ".alibabacloud", "credentials"), "[default]\ntype = access_key\naccess_key_id = trap\naccess_key_secret = trap\n");
            TestEnvironment.Write(Path.Combine(folder, ".alibabacloud", "credentials.ini"), "[default]\ntype = access_key\naccess_key_id = trap\naccess_key_secret = trap\n");
        }

        TestEnvironment.Write(Path.Combine(_traps, "config.json"), $$"""{"profiles": [{{Profile("AK", Key, "default")}}]}""");
        TestEnvironment.Write(Path.Combine(_traps, "credentials"), "[default]\ntype = access_key\naccess_key_id = test-id\naccess_key_secret = test-secret\n");
        TestEnvironment.Write(Path.Combine(_traps, "token"), "test-token");
        System.Environment.CurrentDirectory = _traps;
    }

    void IDisposable.Dispose()
    {
        System.Environment.CurrentDirectory = _before;
        Directory.Delete(_traps, recursive: true);
    }

    [Theory]
    [InlineData("gone", "the home folder '{0}/gone' does not exist")]
    [InlineData("file", "the home folder '{0}/file' does not exist")]
    [InlineData("loop", "the home folder '{0}/loop' does not exist")]
    [InlineData("unreadable", null)]
    public void Finds_no_files_without_usable_home_folder(string home, string? reason)
    {
        TestEnvironment.Write(Path.Combine(Environment.Home, "file"), "");
        File.CreateSymbolicLink(Path.Combine(Environment.Home, "loop"), Path.Combine(Environment.Home, "loop"));
        // An administrator can enter it, and finds an empty folder.
        var unreadable = Directory.CreateDirectory(Path.Combine(Environment.Home, "unreadable"));
        if (!OperatingSystem.IsWindows()) unreadable.UnixFileMode = UnixFileMode.None;
        SetHome(Path.Combine(Environment.Home, home));

        AssertNoFiles(reason is null ? "there is no file '" : "there is no file, because " + reason.Replace("{0}", Environment.Home, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("home")]
    [InlineData(".")]
    [InlineData("./home")]
    [InlineData("~")]
    public void Finds_no_files_in_relative_home_folder(string home)
    {
        SetHome(home);

        AssertNoFiles($"there is no file, because the home folder '{home}' is not an absolute path");
    }

    [Fact]
    public void Uses_home_folder_of_account_without_variable()
    {
        SetHome(null);

        Assert.Equal(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile, System.Environment.SpecialFolderOption.DoNotVerify), HomeFolder.Candidate(System.Environment.GetEnvironmentVariable, windows: false));
        Assert.True(Path.IsPathFullyQualified(HomeFolder.Candidate(System.Environment.GetEnvironmentVariable, windows: false)));
    }

    [Theory]
    [InlineData("HOMEDRIVE=C:|HOMEPATH=\\Users\\a|USERPROFILE=C:\\b|HOME=/c", "C:\\Users\\a")]
    [InlineData("HOMEDRIVE=C:|USERPROFILE=C:\\b|HOME=/c", "C:\\b")]
    [InlineData("HOMEPATH=\\Users\\a|USERPROFILE=C:\\b", "C:\\b")]
    [InlineData("USERPROFILE=\\\\server\\share\\b", "\\\\server\\share\\b")]
    public void Uses_home_folder_of_cli_on_Windows(string variables, string home)
    {
        var environment = variables.Split('|').ToDictionary(variable => variable.Split('=')[0], variable => variable.Split('=')[1]);

        Assert.Equal(home, HomeFolder.Candidate(name => environment.GetValueOrDefault(name), windows: true));
    }

    [Theory]
    [InlineData("/a", false, true)]
    [InlineData("", false, false)]
    [InlineData("a/b", false, false)]
    [InlineData("~/a", false, false)]
    [InlineData("C:\\a", false, false)]
    [InlineData("C:\\a", true, true)]
    [InlineData("c:/a", true, true)]
    [InlineData("\\\\server\\share", true, true)]
    [InlineData("C:a", true, false)]
    [InlineData("C:", true, false)]
    [InlineData("\\a", true, false)]
    [InlineData("/a", true, false)]
    [InlineData("\\\\\\a", true, false)]
    [InlineData("1:\\a", true, false)]
    public void Recognizes_absolute_path(string path, bool windows, bool absolute) =>
        Assert.Equal(absolute, FilePath.IsAbsolute(path, windows));

    [Theory]
    [InlineData("ALIBABA_CLOUD_CONFIG_FILE", "config.json")]
    [InlineData("ALIBABA_CLOUD_CONFIG_FILE", "./config.json")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_FILE", "credentials")]
    public void Rejects_relative_file_of_environment(string variable, string path)
    {
        Environment.Set(variable, path);

        Assert.Equal($"The path '{path}' of {variable} is relative. Specify an absolute path, because no file is read from the current folder.", Rejection());
    }

    [Fact]
    public void Rejects_relative_token_file()
    {
        Environment.Set("ALIBABA_CLOUD_ROLE_ARN", RoleArn);
        Environment.Set("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/test");
        Environment.Set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", "token");

        Assert.Equal("OIDC: The path 'token' of the token file is relative. Specify an absolute path, because no file is read from the current folder.", Rejection());
        Assert.Empty(Route.Calls);
    }

    [Theory]
    [InlineData("{0}/bin")]
    [InlineData(":.:{0}/bin")]
    [InlineData(".:bin:./bin:{0}/empty:{0}/file:{0}/bin")]
    [InlineData("{0}/other:{0}/bin")]
    public void Finds_program_in_PATH(string path)
    {
        foreach (var folder in new[] { "", "bin" }) WriteProgram(Path.Combine(_traps, folder, "get-cred"), Trap("current"));
        Directory.CreateDirectory(Path.Combine(Environment.Home, "empty"));
        TestEnvironment.Write(Path.Combine(Environment.Home, "file"), "");
        // Not executable. A shell uses the next one.
        TestEnvironment.Write(Path.Combine(Environment.Home, "other", "get-cred"), "#!/bin/sh\n");
        WriteProgram(Path.Combine(Environment.Home, "bin", "get-cred"), $"echo '{Output}'");
        WriteConfig(Profile("External", "\"process_command\": \"get-cred\""));
        Environment.Set("PATH", string.Format(System.Globalization.CultureInfo.InvariantCulture, path, Environment.Home));

        AssertLists();
        AssertNoTrap();
    }

    [Theory]
    [InlineData("get-cred", "has the process_command 'get-cred', whose program was not found in PATH.")]
    [InlineData("./get-cred", "has the process_command './get-cred', whose path is relative. Specify an absolute path, or the name of a program in PATH.")]
    [InlineData("bin/get-cred", "has the process_command 'bin/get-cred', whose path is relative. Specify an absolute path, or the name of a program in PATH.")]
    [InlineData("../get-cred", "has the process_command '../get-cred', whose path is relative. Specify an absolute path, or the name of a program in PATH.")]
    public void Does_not_start_program_of_current_folder(string command, string problem)
    {
        foreach (var folder in new[] { "", "bin", ".." }) WriteProgram(Path.Combine(_traps, "sub", folder, "get-cred"), Trap("current"));
        System.Environment.CurrentDirectory = Path.Combine(_traps, "sub");
        WriteConfig(Profile("External", $"\"process_command\": \"{command}\""));
        Environment.Set("PATH", $"{Environment.Home}:.:bin:");

        Assert.EndsWith(problem, Rejection(), StringComparison.Ordinal);
        AssertNoTrap();
    }

    [Fact]
    public void Program_does_not_run_in_current_folder()
    {
        TestEnvironment.Write(Path.Combine(_traps, "script"), Trap("script"));
        TestEnvironment.Write(Path.Combine(Environment.Home, ".aliyun", "script"), $"echo '{Output}'");
        WriteConfig(Profile("External", "\"process_command\": \"/bin/sh ./script\""));

        AssertLists();
        AssertNoTrap();
    }

    [Theory]
    [InlineData("tool", "C:\\a;D:\\b", "D:\\b\\tool.exe", "D:\\b\\tool.exe")]
    [InlineData("tool", ".;a;\\a;C:a;\"C:\\a b\"", "C:\\a b\\tool.cmd", "C:\\a b\\tool.cmd")]
    [InlineData("tool.exe", "C:\\;D:\\b", "C:\\tool.exe", "C:\\tool.exe")]
    [InlineData("tool.v2", "C:\\a", "C:\\a\\tool.v2.exe", "C:\\a\\tool.v2.exe")]
    [InlineData("tool", "C:\\a", "C:\\a\\tool")]
    [InlineData("tool", ".;;a", ".\\tool.exe")]
    public void Finds_only_startable_extensions_on_Windows(string name, string path, string existing, params string[] found) =>
        Assert.Equal(found, ProgramPath.FindAll(name, path, windows: true, file => file == existing));

    private void SetHome(string? home)
    {
        Environment.Set("HOME", home);
        if (!OperatingSystem.IsWindows()) return;
        Environment.Set("HOMEDRIVE", null);
        Environment.Set("USERPROFILE", home);
    }

    private void AssertNoFiles(string reason)
    {
        var rejection = Rejection();

        Assert.Contains("Profile of the aliyun CLI: " + reason, rejection, StringComparison.Ordinal);
        Assert.Contains("Credentials file: ", rejection, StringComparison.Ordinal);
        Assert.Null(ConnectionDefaults.Find(null, CancellationToken.None).RegionId);
        Assert.Empty(Route.Calls);
        AssertNoTrap();
    }

    private static void WriteProgram(string path, string script)
    {
        TestEnvironment.Write(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>Returns a command that creates a file.</summary>
    private string Trap(string name) => $"/usr/bin/touch {Path.Combine(_traps, "sprung-" + name)}";

    private void AssertNoTrap() => Assert.Empty(Directory.GetFiles(_traps, "sprung-*"));
}
