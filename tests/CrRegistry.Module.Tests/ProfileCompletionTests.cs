using System.Management.Automation;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Completion with the files and the environment of the credential chain.</summary>
public sealed class ProfileCompletionTests : CompletionTest, IDisposable
{
    private const string Config = """
        {"current": "prod", "profiles": [
          {"name": "prod", "mode": "AK", "access_key_id": "planted-id", "access_key_secret": "planted-secret", "region_id": "cn-hangzhou"},
          {"name": "my profile", "mode": "AK"}, {"name": "\u001bx", "mode": "AK"}, {"name": "both", "mode": "AK"}]}
        """;

    private const string Ini = """
        [default]
        type = access_key
        access_key_id = planted-id
        access_key_secret = planted-secret
        [both]
        type = access_key
        """;

    private readonly TestEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void Completes_profiles_of_both_files()
    {
        TestEnvironment.Write(_environment.ConfigFile, Config);
        TestEnvironment.Write(_environment.CredentialsFile, Ini);
        Session.Run("Disconnect-CrRegistry");

        var offered = CompleteInTime("Connect-CrRegistry -ProfileName ");

        Assert.Equal(["prod", "'my profile'", "both", "default"], offered.Select(result => result.CompletionText));
        Assert.Equal($"profile 'prod' in '{_environment.ConfigFile}'", offered[0].ToolTip);
        Assert.Equal($"profile 'default' in '{_environment.CredentialsFile}'", offered[3].ToolTip);
        Assert.DoesNotContain(offered, result => (result.ToolTip + result.ListItemText).Contains("planted", StringComparison.Ordinal));
        Assert.Equal("prod", Assert.Single(CompleteInTime("Connect-CrRegistry cn-shanghai -ProfileName PR")).CompletionText);
        Assert.Empty(Emulator.Requests);
    }

    /// <summary>Returns what completion offers. It stops after 0.9 seconds, which a busy computer may need for a file, so that it has five attempts to offer something.</summary>
    private IReadOnlyList<CompletionResult> CompleteInTime(string line) =>
        Enumerable.Range(0, 5).Select(_ => Complete(line)).FirstOrDefault(offered => offered.Count > 0) ?? [];

    [Theory]
    [InlineData("{", Ini, "default both")]
    [InlineData(Config, "\0", "prod 'my profile' both")]
    [InlineData(null, Ini, "default both")]
    [InlineData(Config, null, "prod 'my profile' both")]
    [InlineData(null, null, "")]
    public void Invalid_or_missing_file_does_not_hide_other(string? config, string? ini, string expected)
    {
        if (config is not null) TestEnvironment.Write(_environment.ConfigFile, config);
        if (ini is not null) TestEnvironment.Write(_environment.CredentialsFile, ini);

        Assert.Equal(expected, string.Join(' ', CompleteInTime("Connect-CrRegistry -ProfileName ").Select(offered => offered.CompletionText)));
    }

    [Fact]
    public void Gives_up_file_that_cannot_be_read()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_environment.ConfigFile)!);
        System.Diagnostics.Process.Start("mkfifo", [_environment.ConfigFile]).WaitForExit();

        // Nothing writes to the pipe.
        Assert.Empty(Texts("Connect-CrRegistry -ProfileName "));
        Session.Run($"Connect-CrRegistry cn-shanghai cri-test -Endpoint {Emulator.Address}").AssertNoError();
        Assert.Empty(Texts("Get-CrRepoTag t"));
    }

    [Fact]
    public void Offers_nothing_without_credential()
    {
        Session.Run($"Connect-CrRegistry cn-shanghai cri-test -Endpoint {Emulator.Address}").AssertNoError();

        Assert.Empty(Texts("Get-CrRepoTag t"));
        Assert.Empty(Texts("Get-CrRepoTag team/app -Tag v"));
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Gives_up_program_that_does_not_end()
    {
        TestEnvironment.Write(_environment.ConfigFile, """{"current": "slow", "profiles": [{"name": "slow", "mode": "External", "process_command": "sleep 3600"}]}""");
        Session.Run($"Connect-CrRegistry cn-shanghai cri-test -Endpoint {Emulator.Address}").AssertNoError();

        Assert.Empty(Texts("Get-CrRepoTag t"));
        Assert.Empty(Emulator.Requests);
    }
}
