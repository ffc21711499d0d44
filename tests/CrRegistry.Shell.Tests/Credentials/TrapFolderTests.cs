using System.Diagnostics;
using System.Runtime.Versioning;
using CrRegistry.Shell.Tests.Support;

namespace CrRegistry.Shell.Tests.Credentials;

/// <summary>
/// A shell in a folder with traps: files of every name that the credential chain reads, and programs that create a file.
/// The endpoint has no listener, so that a credential from a trap would cause ConnectionFailed.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class TrapFolderTests : IDisposable
{
    private const string NoCredential = "CredentialUnavailable";

    private static readonly string[] s_programs = ["get-cred", "sh", "bash", "cat", "env", "id", "python3", "aliyun", "dotnet", "pwsh", "getent", "uname"];

    private readonly DirectoryInfo _traps = Directory.CreateTempSubdirectory("crregistry-traps");
    private readonly DirectoryInfo _own = Directory.CreateTempSubdirectory("crregistry-own");

    public TrapFolderTests()
    {
        foreach (var folder in new[] { "", "relative", "bin" }) SetTraps(Path.Join(_traps.FullName, folder));
    }

    private string Sprung => Path.Join(_own.FullName, "sprung");

    public void Dispose()
    {
        _traps.Delete(recursive: true);
        _own.Delete(recursive: true);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("unreadable")]
    [InlineData("relative")]
    [InlineData(".")]
    public async Task Home_folder_never_uses_credential_of_current_folder(string home)
    {
        Directory.CreateDirectory(Path.Join(_own.FullName, "unreadable")).UnixFileMode = UnixFileMode.None;

        home = home is "missing" or "unreadable" ? Path.Join(_own.FullName, home) : home;
        // PowerShell creates a missing home folder or does not start, so that the folder is removed after its start.
        var output = await RunAsync(home.EndsWith("missing", StringComparison.Ordinal) ? _own.FullName : home, $$"""
            $env:HOME = '{{home}}'
            Connect-CrRegistry -InstanceId cri-a -Endpoint http://127.0.0.1:1
            "$((Get-CrContext).RegionId)"
            Get-ErrorId { Get-CrRepoTag crr-a }
            Get-ErrorId { Connect-CrRegistry cn-test -ProfileName default }
            """);

        Assert.Equal(["", NoCredential, NoCredential], output);
    }

    [Theory]
    [InlineData("ALIBABA_CLOUD_CONFIG_FILE", "config.json")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_FILE", "credentials")]
    [InlineData("ALIBABA_CLOUD_OIDC_TOKEN_FILE", "token")]
    public async Task Variable_never_uses_credential_of_current_folder(string variable, string path)
    {
        var output = await RunAsync(_own.FullName, $$"""
            $env:ALIBABA_CLOUD_ROLE_ARN = 'acs:ram::1:role/a'
            $env:ALIBABA_CLOUD_OIDC_PROVIDER_ARN = '{{(path == "token" ? "acs:ram::1:oidc-provider/a" : "")}}'
            $env:{{variable}} = '{{path}}'
            Get-ErrorId { Get-CrRepoTag crr-a -InstanceId cri-a -Endpoint http://127.0.0.1:1 }
            """);

        Assert.Equal([NoCredential, "relative"], output);
    }

    [Theory]
    [InlineData("get-cred", NoCredential)]
    [InlineData("./get-cred", NoCredential, "relative")]
    [InlineData("bin/get-cred", NoCredential, "relative")]
    [InlineData("sh get-cred", NoCredential)]
    [InlineData("own-cred", "ConnectionFailed")]
    public async Task Process_command_never_starts_program_of_current_folder(string command, params string[] errors)
    {
        var bin = Directory.CreateDirectory(Path.Join(_own.FullName, "bin")).FullName;
        WriteProgram(Path.Join(bin, "own-cred"), """echo '{"mode": "AK", "access_key_id": "own", "access_key_secret": "own"}'""");
        Directory.CreateDirectory(Path.Join(_own.FullName, ".aliyun"));
        File.WriteAllText(Path.Join(_own.FullName, ".aliyun", "config.json"), $$"""{"profiles": [{"name": "default", "mode": "External", "process_command": "{{command}}"}]}""");

        var output = await RunAsync(_own.FullName, $$"""
            $env:PATH = ".:bin::{{bin}}:$env:PATH"
            Get-ErrorId { Get-CrRepoTag crr-a -InstanceId cri-a -Endpoint http://127.0.0.1:1 }
            """);

        Assert.Equal(errors, output);
    }

    private async Task<string[]> RunAsync(string home, string script)
    {
        var file = Path.Join(_own.FullName, "script.ps1");
        await File.WriteAllTextAsync(file, $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{Paths.Module}}'
            function Get-ErrorId([scriptblock] $Command) { try { $null = & $Command; 'none' } catch { ($_.FullyQualifiedErrorId -split ',')[0]; if ("$_" -match 'is relative') { 'relative' } } }
            {{script}}
            """);
        // An administrator without these capabilities cannot enter a folder without permissions either.
        string[] prefix = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];
        string[] command = [.. prefix, DotNet(), Paths.PowerShell, "-NoProfile", "-NonInteractive", "-File", file];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _traps.FullName,
        };
        start.Environment.Clear();
        foreach (var name in new[] { "PATH", "DOTNET_ROOT", "LANG" })
        {
            if (Environment.GetEnvironmentVariable(name) is { } value) start.Environment[name] = value;
        }

        start.Environment["HOME"] = home;
        start.Environment["NO_COLOR"] = start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true";
        // No request leaves this computer with any credential.
        start.Environment["HTTPS_PROXY"] = start.Environment["HTTP_PROXY"] = "http://127.0.0.1:1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True((process.ExitCode, await error) == (0, ""), $"Exit code {process.ExitCode}.\n{await error}\n{output}");
        Assert.False(File.Exists(Sprung), File.Exists(Sprung) ? File.ReadAllText(Sprung) : "");
        return output.Length == 0 ? [] : output.ReplaceLineEndings("\n")[..^1].Split('\n');
    }

    /// <summary>The host that runs the tests.</summary>
    private static string DotNet() => Path.GetFileName(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    private void SetTraps(string folder)
    {
        foreach (var name in s_programs) WriteProgram(Path.Join(folder, name), $$"""echo {{name}} >> '{{Sprung}}'; echo '{"mode": "AK", "access_key_id": "trap", "access_key_secret": "trap"}'""");
        var config = $$"""{"current": "default", "profiles": [{"name": "default", "mode": "External", "region_id": "cn-trap", "process_command": "{{folder}}/get-cred"}]}""";
        const string Section = "[default]\ntype = access_key\naccess_key_id = trap\naccess_key_secret = trap\n";
        foreach (var (name, text) in new Dictionary<string, string>
        {
            [".aliyun/config.json"] = config,
            ["config.json"] = config,
            [".alibabacloud/credentials"] = Section,
            [".alibabacloud/credentials.ini"] = Section,
            ["credentials"] = Section,
            ["credentials.ini"] = Section,
            ["token"] = "trap",
            ["key.pem"] = "trap",
            ["CrRegistry.Client.dll"] = "trap",
            ["dependencies/CrRegistry.Client.dll"] = "trap",
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(folder, name))!);
            File.WriteAllText(Path.Join(folder, name), text);
        }
    }

    private static void WriteProgram(string path, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
