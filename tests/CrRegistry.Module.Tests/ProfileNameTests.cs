using System.Text.RegularExpressions;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Connect-CrRegistry with a profile, and the region of a profile.</summary>
public sealed class ProfileNameTests : ModuleTest, IDisposable
{
    private readonly TestEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void Specified_profile_takes_precedence_over_environment()
    {
        WriteConfig("cn-shanghai");
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "other");
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "other");

        var outcome = Session.Run($"Connect-CrRegistry -InstanceId {Emulator.InstanceId} -Endpoint {Emulator.Address} -ProfileName test; Get-CrRepoTag team/app -First 1").AssertNoError();

        Assert.Equal(["v0"], outcome.Texts);
    }

    [Fact]
    public void Assumes_role_with_specified_handler()
    {
        using var route = new EmulatorRoute(Emulator);
        Session.Set("route", route);
        WriteConfig("cn-hangzhou", "RamRoleArn", """ "ram_role_arn": "acs:ram::1:role/test", "sts_region": "cn-beijing", """);

        var outcome = Session.Run($"Connect-CrRegistry -InstanceId {Emulator.InstanceId} -ProfileName test -HttpMessageHandler $route; Get-CrRepoTag {Emulator.RepoId} -First 1").AssertNoError();

        Assert.Equal(["v0"], outcome.Texts);
        Assert.Equal(["GET sts.cn-beijing.aliyuncs.com/AssumeRole", "GET cr.cn-hangzhou.aliyuncs.com/ListRepoTag"], route.Calls);
    }

    [Theory]
    [InlineData("-RegionId cn-test -Vpc", "", "cn-test")]
    [InlineData("-RegionId cn-test", "\"endpoint_type\": \"vpc\",", "cn-test")]
    [InlineData("-Vpc", "", "cn-hangzhou")]
    public void Calls_sts_inside_the_vpc_of_the_registry(string arguments, string fields, string region)
    {
        using var route = new EmulatorRoute(Emulator);
        Session.Set("route", route);
        WriteConfig("cn-hangzhou", "RamRoleArn", $"\"ram_role_arn\": \"acs:ram::1:role/test\", {fields}");

        Session.Run($"Connect-CrRegistry {arguments} -InstanceId {Emulator.InstanceId} -ProfileName test -HttpMessageHandler $route; Get-CrRepoTag {Emulator.RepoId} -First 1");

        Assert.Equal([$"GET sts-vpc.{region}.aliyuncs.com/AssumeRole", $"GET cr-vpc.{region}.aliyuncs.com/ListRepoTag"], route.Calls);
    }

    [Fact]
    public void Context_shows_profile_and_region_without_secret()
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
    [InlineData("Connect-CrRegistry -ProfileName test", "cn-chengdu", "cn-hangzhou")]
    [InlineData("Connect-CrRegistry -ProfileName test", null, "cn-hangzhou")]
    [InlineData("Connect-CrRegistry -ProfileName bare", "cn-chengdu", "cn-chengdu")]
    [InlineData("Connect-CrRegistry", "cn-chengdu", "cn-chengdu")]
    [InlineData("Connect-CrRegistry", null, "cn-hangzhou")]
    [InlineData("Connect-CrRegistry -Endpoint http://127.0.0.1:1", null, null)]
    [InlineData("Connect-CrRegistry -Endpoint http://127.0.0.1:1 -ProfileName test", null, null)]
    public void Uses_region_of_command_named_profile_environment_or_current_profile(string command, string? variable, string? region)
    {
        WriteConfigs("""{"name": "test", "mode": "AK", "region_id": "cn-hangzhou"}, {"name": "bare", "mode": "AK", "access_key_id": "a", "access_key_secret": "b"}""");
        _environment.Set("ALIBABA_CLOUD_REGION_ID", variable);

        Assert.Equal(region, Session.Run($"({command} -PassThru).RegionId").AssertNoError().Output.SingleOrDefault()?.BaseObject);
    }

    [Theory]
    [InlineData("cn-chengdu ")]
    [InlineData("\tcn-chengdu\r\n")]
    [InlineData("CN-Chengdu")]
    public void Ignores_white_space_and_case_of_region_in_environment(string variable)
    {
        _environment.Set("ALIBABA_CLOUD_REGION_ID", variable);

        Assert.Equal("cn-chengdu", Session.Run("(Connect-CrRegistry -PassThru).RegionId").AssertNoError().Output.Single().BaseObject);
    }

    [Theory]
    [InlineData("ALIBABACLOUD_REGION_ID=cn-a|ALICLOUD_REGION_ID=cn-b|REGION_ID=cn-c|REGION=cn-d", "cn-a")]
    [InlineData("ALICLOUD_REGION_ID=cn-b|REGION_ID=cn-c|REGION=cn-d", "cn-b")]
    [InlineData("REGION_ID=cn-c|REGION=cn-d", "cn-c")]
    [InlineData("REGION=cn-d", "cn-d")]
    [InlineData("REGION_ID=Europe|REGION=cn-d", "cn-d")]
    [InlineData("REGION=EMEA", null)]
    public void Uses_other_region_variables_without_first_one_and_profile(string variables, string? region)
    {
        foreach (var variable in variables.Split('|')) _environment.Set(variable.Split('=')[0], variable.Split('=')[1]);

        Assert.Equal(region, Session.Run("(Connect-CrRegistry -PassThru).RegionId").AssertNoError().Output.SingleOrDefault()?.BaseObject);
        WriteConfig("cn-hangzhou");
        Assert.Equal("cn-hangzhou", Session.Run("(Connect-CrRegistry -PassThru).RegionId").AssertNoError().Output.Single().BaseObject);
        _environment.Set("ALIBABA_CLOUD_REGION_ID", "cn-chengdu");
        Assert.Equal("cn-chengdu", Session.Run("(Connect-CrRegistry -PassThru).RegionId").AssertNoError().Output.Single().BaseObject);
    }

    [Theory]
    [InlineData("\"endpoint_type\": \"vpc\",", "", "-ProfileName test", "cr-vpc.cn-hangzhou.aliyuncs.com")]
    [InlineData("\"endpoint_type\": \"vpc\",", "", "", "cr-vpc.cn-hangzhou.aliyuncs.com")]
    [InlineData("\"endpoint_type\": \"vpc\",", "", "cn-beijing", "cr-vpc.cn-beijing.aliyuncs.com")]
    [InlineData("", "ALIBABA_CLOUD_ENDPOINT_TYPE=vpc", "-ProfileName test", "cr-vpc.cn-hangzhou.aliyuncs.com")]
    [InlineData("", "ALICLOUD_ENDPOINT_TYPE=VPC", "", "cr-vpc.cn-hangzhou.aliyuncs.com")]
    [InlineData("\"endpoint_type\": \"public\",", "ALIBABA_CLOUD_ENDPOINT_TYPE=vpc", "", "cr.cn-hangzhou.aliyuncs.com")]
    [InlineData("\"endpoint_type\": \"\",", "", "", "cr.cn-hangzhou.aliyuncs.com")]
    public void Uses_VPC_endpoint_of_profile_or_environment(string fields, string variable, string arguments, string host)
    {
        using var route = new EmulatorRoute(Emulator);
        Session.Set("route", route);
        WriteConfig("cn-hangzhou", "AK", fields);
        if (variable.Length > 0) _environment.Set(variable.Split('=')[0], variable.Split('=')[1]);

        Session.Run($"Connect-CrRegistry {arguments} -InstanceId {Emulator.InstanceId} -HttpMessageHandler $route; Get-CrRepoTag {Emulator.RepoId} -First 1").AssertNoError();

        Assert.Equal([$"GET {host}/ListRepoTag"], route.Calls);
    }

    [Fact]
    public void Reports_quotation_marks_in_variable()
    {
        _environment.Set("ALIBABA_CLOUD_REGION_ID", "\"cn-hangzhou\"");

        var outcome = Session.Run("Connect-CrRegistry");

        Assert.Contains("The value of the environment variable ALIBABA_CLOUD_REGION_ID is in quotation marks, which are part of the value. Remove them.", outcome.Terminating!.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"current": "gone", "profiles": []}""")]
    [InlineData("""{"profiles": [{"name": "default", "region_id": "a/b"}]}""")]
    public void Ignores_invalid_file_that_is_not_needed(string text)
    {
        TestEnvironment.Write(_environment.ConfigFile, text);

        Assert.Null(Session.Run("(Connect-CrRegistry -PassThru).RegionId").AssertNoError().Output.SingleOrDefault());
    }

    [Theory]
    [InlineData("{", "is not a valid configuration of the aliyun CLI (line 1, position 2).")]
    [InlineData("""{"profiles": [{"name": "a"}]}""", "has no profile 'test'; it has 'a'.")]
    [InlineData("""{"profiles": [{"name": "test", "region_id": "a/b"}]}""", "has the region_id 'a/b', which is not a region ID such as 'cn-shanghai'. Correct the region_id of this profile.")]
    public void Reports_invalid_specified_profile(string text, string told)
    {
        TestEnvironment.Write(_environment.ConfigFile, text);
        Session.Run("Disconnect-CrRegistry").AssertNoError();

        var outcome = Session.Run("Connect-CrRegistry cn-shanghai -ProfileName test");

        Assert.Contains(told, outcome.Terminating!.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.StartsWith("CredentialUnavailable,", outcome.Terminating.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("test", outcome.Terminating.TargetObject);
        Assert.Empty(Session.Run("Get-CrContext").Output);
    }

    [Theory]
    [InlineData("Connect-CrRegistry -InstanceId cri-test")]
    [InlineData("Get-CrRepository -InstanceId cri-test")]
    public void Reports_quoted_region_without_advice_about_credentials(string command)
    {
        _environment.Set("ALIBABA_CLOUD_REGION_ID", "'cn-hangzhou'");
        Session.Run("Disconnect-CrRegistry").AssertNoError();

        var outcome = Session.Run(command);

        Assert.Equal("The value of the environment variable ALIBABA_CLOUD_REGION_ID is in quotation marks, which are part of the value. Remove them.", outcome.Terminating!.ErrorDetails.Message);
    }

    [Fact]
    public void Reports_invalid_region_of_environment_with_next_step()
    {
        _environment.Set("ALIBABA_CLOUD_REGION_ID", "a/b");
        Session.Run("Disconnect-CrRegistry").AssertNoError();

        Assert.Equal("The region 'a/b' is not a region ID such as 'cn-shanghai'. Use -RegionId.", Session.Run("Get-CrRepository -InstanceId cri-test").Terminating!.ToString());
    }

    [Fact]
    public void Accepts_section_of_credentials_file()
    {
        TestEnvironment.Write(_environment.CredentialsFile, $"[test]\ntype = access_key\naccess_key_id = {Emulator.AccessKeyId}\naccess_key_secret = {Emulator.AccessKeySecret}\n");

        var outcome = Session.Run($"Connect-CrRegistry -InstanceId {Emulator.InstanceId} -Endpoint {Emulator.Address} -ProfileName test; Get-CrRepoTag team/app -First 1").AssertNoError();

        Assert.Equal(["v0"], outcome.Texts);
    }

    [Fact]
    public void Rejects_profile_with_credential()
    {
        var outcome = Session.Run("Connect-CrRegistry -ProfileName test -Credential $credential");

        Assert.Contains("Specify either -ProfileName or -Credential", outcome.Terminating!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_searched_sources_once_without_credential()
    {
        var outcome = Session.Run($"Connect-CrRegistry -InstanceId {Emulator.InstanceId} -Endpoint {Emulator.Address}; 'team/app', 'team/web' | Get-CrRepoTag");

        Assert.Empty(outcome.Errors);
        Assert.Equal("AuthenticationError", outcome.Terminating!.CategoryInfo.Category.ToString());
        foreach (var step in new[] { "Environment: ", "OIDC: ", "Profile of the aliyun CLI: ", "Credentials file: ", "ECS metadata: ", "Credentials URI: ", "-ProfileName" })
            Assert.Contains(step, outcome.Terminating.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Looks_up_credential_for_each_command_without_connection()
    {
        Session.Run("Disconnect-CrRegistry").AssertNoError();
        var command = $"Get-CrRepoTag team/app -First 1 -InstanceId {Emulator.InstanceId} -Endpoint {Emulator.Address}";
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", Emulator.AccessKeyId);
        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", Emulator.AccessKeySecret);
        Session.Run(command).AssertNoError();

        _environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "other");

        Assert.StartsWith("InvalidAccessKeyId.NotFound,", Session.Run(command).Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(407, "", "Specify the proxy with -Proxy of Connect-CrRegistry, and its user name and password with -ProxyCredential.")]
    [InlineData(403, "NoPermission", "The user or role needs the RAM action 'sts:AssumeRole'.")]
    [InlineData(404, "InvalidAccessKeyId.NotFound", "Check the AccessKey ID of the credential.")]
    [InlineData(400, "SignatureDoesNotMatch", "Check the AccessKey secret of the credential, and whether a proxy changes requests.")]
    [InlineData(0, "", "within 30 seconds. Try again later.")]
    public void Failed_credential_request_has_advice_for_its_cause(int status, string code, string advice)
    {
        using var route = new EmulatorRoute(Emulator)
        {
            Answer = (request, _) => Task.FromResult(request.RequestUri!.Host != "sts.aliyuncs.com" ? null
                : status == 0 ? throw new TaskCanceledException()
                : new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new StringContent($$"""{"Code": "{{code}}", "Message": "No."}""", null, "application/json") }),
        };
        Session.Set("route", route);
        WriteConfig("cn-hangzhou", "RamRoleArn", """ "ram_role_arn": "acs:ram::1:role/test", """);

        var outcome = Session.Run($"Connect-CrRegistry -InstanceId {Emulator.InstanceId} -ProfileName test -HttpMessageHandler $route; Get-CrRepoTag {Emulator.RepoId}");

        Assert.EndsWith(advice, outcome.Terminating!.ErrorDetails.Message, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("CredentialUnavailable,", outcome.Terminating.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Context_and_verbose_show_source_of_credential()
    {
        WriteConfig("cn-hangzhou");
        TestEnvironment.Write(_environment.CredentialsFile, "[test]\ntype = access_key\naccess_key_id = a\naccess_key_secret = b\n");
        var origin = $"profile 'test' in '{_environment.ConfigFile}'";
        Session.Run($"Connect-CrRegistry -InstanceId {Emulator.InstanceId} -Endpoint {Emulator.Address} -ProfileName test").AssertNoError();
        Assert.Equal(["|"], Session.Run("$c = Get-CrContext; \"$($c.AccessKeyId)|$($c.CredentialSource)$($c.CredentialExpiration)\"").Texts);

        var outcome = Session.Run("'team/app', 'team/app' | Get-CrRepoTag -First 1 -Verbose; Get-CrRepoTag team/app -First 1 -Verbose").AssertNoError();

        // Once for each command.
        Assert.Equal(
            Enumerable.Repeat($"Requests are signed with the AccessKey ID '{Emulator.AccessKeyId}' (source: {origin}). Configured but not used: profile 'test' in '{_environment.CredentialsFile}'.", 2),
            outcome.Verbose.Where(line => line.StartsWith("Requests are signed", StringComparison.Ordinal)));
        Assert.Equal([$"{Emulator.AccessKeyId}|{origin}"], Session.Run("$c = Get-CrContext; \"$($c.AccessKeyId)|$($c.CredentialSource)$($c.CredentialExpiration)\"").Texts);
        Assert.DoesNotContain(Emulator.AccessKeySecret, Session.Show("Get-CrContext | Format-List *"), StringComparison.Ordinal);
    }

    [Fact]
    public void Context_and_verbose_show_expiration_of_temporary_credential()
    {
        using var route = new EmulatorRoute(Emulator);
        Session.Set("route", route);
        WriteConfig("cn-hangzhou", "RamRoleArn", """ "ram_role_arn": "acs:ram::1:role/test", """);

        var outcome = Session.Run($"Connect-CrRegistry -InstanceId {Emulator.InstanceId} -HttpMessageHandler $route; Get-CrRepoTag {Emulator.RepoId} -First 1 -Verbose").AssertNoError();

        Assert.Contains(outcome.Verbose, line => Regex.IsMatch(line, @"^Requests are signed with the AccessKey ID 'STS\.\S+' \(source: profile 'test' in '.+'\)\. It expires at 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC\.$"));
        Assert.Equal(["True|True|Local"], Session.Run("$c = Get-CrContext; \"$($c.AccessKeyId -like 'STS.*')|$($c.CredentialExpiration -gt [datetime]::Now)|$($c.CredentialExpiration.Kind)\"").Texts);
    }

    [Fact]
    public void Specified_credential_is_its_own_source()
    {
        var outcome = Session.Run($"Connect-CrRegistry -InstanceId {Emulator.InstanceId} -Endpoint {Emulator.Address} -Credential $credential; Get-CrRepoTag team/app -First 1 -Verbose; (Get-CrContext).CredentialSource").AssertNoError();

        Assert.Equal("-Credential", outcome.Texts[^1]);
        Assert.DoesNotContain(outcome.Verbose, line => line.StartsWith("Requests are signed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ALIBABA_CLOUD_ENDPOINT_TYPE", "vpc", "GET cr-vpc.cn-hangzhou.aliyuncs.com/ListRepoTag")]
    [InlineData("ENDPOINT_TYPE", "public", "GET cr.cn-hangzhou.aliyuncs.com/ListRepoTag")]
    public void Context_uses_endpoint_type_of_environment(string variable, string value, string call)
    {
        using var route = new EmulatorRoute(Emulator);
        Session.Set("route", route);
        _environment.Set(variable, value);
        _environment.Set("ALICLOUD_REGION_ID", "cn-hangzhou");

        Session.Run($"$c = Connect-CrRegistry -Credential $credential -HttpMessageHandler $route -PassThru -NoSession; Get-CrRepoTag {Emulator.RepoId} -First 1 -InstanceId {Emulator.InstanceId} -Context $c").AssertNoError();

        Assert.Equal([call], route.Calls);
    }

    private void WriteConfigs(string profiles) => TestEnvironment.Write(_environment.ConfigFile, $$"""{"current": "test", "profiles": [{{profiles}}]}""");

    private void WriteConfig(string region, string mode = "AK", string fields = "") => TestEnvironment.Write(_environment.ConfigFile, $$"""
        {"current": "test", "profiles": [{"name": "test", "mode": "{{mode}}", "region_id": "{{region}}", {{fields}}
          "access_key_id": "{{Emulator.AccessKeyId}}", "access_key_secret": "{{Emulator.AccessKeySecret}}"}]}
        """);
}
