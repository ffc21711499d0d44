using CrRegistry.Client.Tests.Support;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Connect-CrRegistry with a profile, and the region that comes from one.</summary>
public sealed class ProfileNameTests : ModuleTest, IDisposable
{
    private readonly TestEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void The_profile_lists_whatever_the_environment_says()
    {
        WriteConfig("cn-shanghai");
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "other");
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "other");

        var outcome = Session.Run($"Connect-CrRegistry -InstanceId {Emulator.InstanceId} -Endpoint {Emulator.Address} -ProfileName test; Get-CrRepoTag team/app -First 1").AssertNoError();

        Assert.Equal(["v0"], outcome.Texts);
    }

    [Fact]
    public void A_role_is_taken_on_through_the_handler_that_was_given()
    {
        using var route = new EmulatorRoute(Emulator);
        Session.Set("route", route);
        WriteConfig("cn-hangzhou", "RamRoleArn", """ "ram_role_arn": "acs:ram::1:role/test", "sts_region": "cn-beijing", """);

        var outcome = Session.Run($"Connect-CrRegistry -InstanceId {Emulator.InstanceId} -ProfileName test -HttpMessageHandler $route; Get-CrRepoTag {Emulator.RepoId} -First 1").AssertNoError();

        Assert.Equal(["v0"], outcome.Texts);
        Assert.Equal(["GET sts.cn-beijing.aliyuncs.com/AssumeRole", "GET cr.cn-hangzhou.aliyuncs.com/ListRepoTag"], route.Calls);
    }

    [Fact]
    public void The_context_shows_the_profile_and_its_region_and_no_secret()
    {
        WriteConfig("cn-hangzhou");

        Session.Run("Connect-CrRegistry -ProfileName test").AssertNoError();

        var shown = Session.Show("Get-CrContext");
        Assert.Matches(@"ProfileName\s*: test", shown);
        Assert.Matches(@"RegionId\s*: cn-hangzhou", shown);
        Assert.DoesNotContain(Emulator.AccessKeySecret, shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connect-CrRegistry cn-beijing -ProfileName test", null, "cn-beijing")]
    [InlineData("Connect-CrRegistry -ProfileName test", "cn-chengdu", "cn-chengdu")]
    [InlineData("Connect-CrRegistry -ProfileName test", null, "cn-hangzhou")]
    [InlineData("Connect-CrRegistry", null, "cn-hangzhou")]
    [InlineData("Connect-CrRegistry -Endpoint http://127.0.0.1:1", null, null)]
    [InlineData("Connect-CrRegistry -Endpoint http://127.0.0.1:1 -ProfileName test", null, null)]
    public void The_region_is_that_of_the_command_then_of_the_environment_then_of_the_profile(string command, string? variable, string? region)
    {
        WriteConfig("cn-hangzhou");
        _environment.Set("ALIBABA_CLOUD_REGION_ID", variable);

        Assert.Equal(region, Session.Run($"({command} -PassThru).RegionId").AssertNoError().Output.SingleOrDefault()?.BaseObject);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"current": "gone", "profiles": []}""")]
    [InlineData("""{"profiles": [{"name": "default", "region_id": "a/b"}]}""")]
    public void A_file_that_is_broken_stops_nobody_who_did_not_ask_for_it(string text)
    {
        TestEnvironment.Write(_environment.ConfigFile, text);

        Assert.Null(Session.Run("(Connect-CrRegistry -PassThru).RegionId").AssertNoError().Output.SingleOrDefault());
    }

    [Theory]
    [InlineData("{", "is not the JSON of a configuration of the aliyun CLI: line 1, position 2.")]
    [InlineData("""{"profiles": [{"name": "a"}]}""", "has no profile 'test'; it has 'a'.")]
    [InlineData("""{"profiles": [{"name": "test", "region_id": "a/b"}]}""", "has the region_id 'a/b', which is no region ID such as 'cn-shanghai'.")]
    public void A_profile_that_was_asked_for_must_be_usable(string text, string told)
    {
        TestEnvironment.Write(_environment.ConfigFile, text);
        Session.Run("Disconnect-CrRegistry").AssertNoError();

        var outcome = Session.Run("Connect-CrRegistry cn-shanghai -ProfileName test");

        Assert.Contains(told, outcome.Terminating!.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.StartsWith("CredentialUnavailable,", outcome.Terminating.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("test", outcome.Terminating.TargetObject);
        Assert.Empty(Session.Run("Get-CrContext").Output);
    }

    [Fact]
    public void A_section_of_the_credentials_file_will_do()
    {
        TestEnvironment.Write(_environment.CredentialsFile, $"[test]\ntype = access_key\naccess_key_id = {Emulator.AccessKeyId}\naccess_key_secret = {Emulator.AccessKeySecret}\n");

        var outcome = Session.Run($"Connect-CrRegistry -InstanceId {Emulator.InstanceId} -Endpoint {Emulator.Address} -ProfileName test; Get-CrRepoTag team/app -First 1").AssertNoError();

        Assert.Equal(["v0"], outcome.Texts);
    }

    [Fact]
    public void A_profile_and_a_credential_are_one_too_many()
    {
        var outcome = Session.Run("Connect-CrRegistry -ProfileName test -Credential $credential");

        Assert.Contains("give one of them", outcome.Terminating!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_credential_one_error_says_where_it_was_looked_for()
    {
        var outcome = Session.Run($"Connect-CrRegistry -InstanceId {Emulator.InstanceId} -Endpoint {Emulator.Address}; 'team/app', 'team/web' | Get-CrRepoTag");

        Assert.Empty(outcome.Errors);
        Assert.Equal("AuthenticationError", outcome.Terminating!.CategoryInfo.Category.ToString());
        foreach (var step in new[] { "Environment: ", "OIDC: ", "Profile of the aliyun CLI: ", "Credentials file: ", "ECS metadata: ", "Credentials URI: ", "-ProfileName" })
            Assert.Contains(step, outcome.Terminating.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_connection_each_command_looks_anew()
    {
        Session.Run("Disconnect-CrRegistry").AssertNoError();
        var command = $"Get-CrRepoTag team/app -First 1 -InstanceId {Emulator.InstanceId} -Endpoint {Emulator.Address}";
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", Emulator.AccessKeyId);
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", Emulator.AccessKeySecret);
        Session.Run(command).AssertNoError();

        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "other");

        Assert.StartsWith("InvalidAccessKeyId.NotFound,", Session.Run(command).Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private void WriteConfig(string region, string mode = "AK", string fields = "") => TestEnvironment.Write(_environment.ConfigFile, $$"""
        {"current": "test", "profiles": [{"name": "test", "mode": "{{mode}}", "region_id": "{{region}}", {{fields}}
          "access_key_id": "{{Emulator.AccessKeyId}}", "access_key_secret": "{{Emulator.AccessKeySecret}}"}]}
        """);
}
