using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>The modes of a profile of the aliyun CLI, and the choice of the profile.</summary>
public sealed class CliProfileTests : ChainTest
{
    private const string Role = $$""" "ram_role_arn": "{{RoleArn}}" """;

    [Fact]
    public void Assumes_role_with_signed_call()
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}, \"ram_session_name\": \"nightly\", \"expired_seconds\": 900, \"external_id\": \"e\", \"policy\": \"{{}}\""));

        AssertLists();
        Assert.Equal(["GET sts.aliyuncs.com/AssumeRole", "GET 127.0.0.1/ListRepoTag"], Route.Calls);
        var parameters = Emulator.Requests[0].Parameters;
        Assert.Equal(("nightly", "900", "e", "{}"), (parameters["RoleSessionName"], parameters["DurationSeconds"], parameters["ExternalId"], parameters["Policy"]));
    }

    [Theory]
    [InlineData(""" "sts_region": "cn-shanghai" """, "sts.cn-shanghai.aliyuncs.com")]
    [InlineData(""" "sts_region": "cn-shanghai", "enable_vpc": true """, "sts-vpc.cn-shanghai.aliyuncs.com")]
    [InlineData(""" "sts_endpoint": "sts-vpc.cn-beijing.aliyuncs.com" """, "sts-vpc.cn-beijing.aliyuncs.com")]
    [InlineData(""" "enable_vpc": true """, "sts.aliyuncs.com")]
    public void Uses_sts_host_of_profile(string fields, string host)
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}, {fields}"));

        AssertLists();
        Assert.Single(Route.CallsTo(host + "/"));
    }

    [Fact]
    public void Uses_sts_host_of_environment_if_profile_has_none()
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}"));
        Environment.Set("ALIBABA_CLOUD_STS_REGION", "eu-central-1");
        Environment.Set("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "true");

        AssertLists();
        Assert.Single(Route.CallsTo("sts-vpc.eu-central-1.aliyuncs.com/"));
    }

    [Fact]
    public void Requests_role_of_instance_by_name()
    {
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", null);
        WriteConfig(Profile("EcsRamRole", """ "ram_role_name": "EmulatorRole" """));

        AssertLists();
        Assert.Equal(2, Route.CallsTo(Metadata).Count());
    }

    [Fact]
    public void Exchanges_token_of_identity_provider()
    {
        var file = TestEnvironment.Write(Path.Combine(Environment.Home, "token"), "test-token");
        WriteConfig(Profile("OIDC", $"{Role}, \"oidc_provider_arn\": \"acs:ram::1:oidc-provider/test\", \"oidc_token_file\": {System.Text.Json.JsonSerializer.Serialize(file)}"));

        AssertLists();
        Assert.Single(Route.CallsTo(Sts));
        Assert.DoesNotContain("OIDCToken", Emulator.Requests[0].Parameters.Keys);
    }

    [Fact]
    public void Assumes_chained_roles()
    {
        WriteConfig(
            Profile("ChainableRamRoleArn", $"{Role}, \"source_profile\": \"b\""),
            Profile("ChainableRamRoleArn", $"{Role}, \"source_profile\": \"c\"", "b"),
            Profile("AK", Key, "c"));

        AssertLists();
        Assert.Equal(2, Route.CallsTo(Sts).Count());
    }

    [Theory]
    [InlineData("CloudSSO")]
    [InlineData("OAuth")]
    public void Uses_stored_sign_in_until_it_expires(string mode)
    {
        var temporary = Temporary();
        void Write(DateTimeOffset ends) => WriteConfig(Profile(mode, $"{temporary}, \"sts_expiration\": {ends.ToUnixTimeSeconds()}"));

        Write(Now.AddMinutes(10));
        AssertLists();

        Write(Now.AddSeconds(-1));
        var before = Route.Calls.Count;
        var failure = Assert.IsType<CrApiException>(List().Failure);
        Assert.Equal(
            $"The profile 'p' in '{Environment.ConfigFile}' has no {mode} credential or token that is still valid. Sign in with 'aliyun configure --profile p --mode {mode}'.", failure.Message);
        Assert.Equal(before, Route.Calls.Count);
    }

    [Fact]
    public void Sends_token_with_its_key()
    {
        WriteConfig(Profile("StsToken", Temporary()));

        AssertLists();
    }

    [Fact]
    public void Uses_profile_name_of_environment()
    {
        WriteConfig(Profile("AK", """ "access_key_id": "other", "access_key_secret": "other" """), Profile("AK", Key, "q"));
        Environment.Set("ALIBABA_CLOUD_PROFILE", "q");

        AssertLists();
    }

    [Fact]
    public void Specified_profile_takes_precedence()
    {
        WriteConfig(Profile("AK", """ "access_key_id": "other", "access_key_secret": "other" """), Profile("AK", Key, "q"));
        Environment.Set("ALIBABA_CLOUD_PROFILE", "p");
        Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "other");
        Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "other");

        AssertLists("q");
    }

    [Fact]
    public void Uses_section_of_credentials_file_if_cli_has_no_such_profile()
    {
        WriteConfig(Profile("AK", """ "access_key_id": "other", "access_key_secret": "other" """));
        TestEnvironment.Write(Environment.CredentialsFile, "[q]\r\n# the key\r\ntype = access_key\r\naccess_key_id = test-id ; whose\r\naccess_key_secret = test-secret\r\n");

        AssertLists("q");
        Environment.Set("ALIBABA_CLOUD_PROFILE", "q");
        AssertLists();
    }

    [Fact]
    public void Assumes_role_of_section_whose_value_contains_comment_mark()
    {
        TestEnvironment.Write(
            Environment.CredentialsFile,
            $"[default]\ntype = ram_role_arn\naccess_key_id = test-id\naccess_key_secret = test-secret\nrole_arn = {RoleArn}\nrole_session_name = nightly\nexternal_id = a#b;c # whose\n");

        AssertLists();
        Assert.Equal(("nightly", "a#b;c"), (Emulator.Requests[0].Parameters["RoleSessionName"], Emulator.Requests[0].Parameters["ExternalId"]));
    }

    [Fact]
    public void Lists_existing_profiles_if_profile_is_in_neither_file()
    {
        WriteConfig(Profile("AK", Key), Profile("AK", Key, "q"));
        TestEnvironment.Write(Environment.CredentialsFile, "[r]\ntype = access_key\n[s]\n");
        var lists = $"Profile of the aliyun CLI: '{Environment.ConfigFile}' has no profile 'x'; it has 'p', 'q'. Credentials file: '{Environment.CredentialsFile}' has no section 'x'; it has 'r', 's'.";

        Assert.Equal($"The profile 'x' was not found. {lists}", Rejection("x"));
        Environment.Set("ALIBABA_CLOUD_PROFILE", "x");
        Assert.Equal($"The profile 'x', which ALIBABA_CLOUD_PROFILE specifies, was not found. {lists}", Rejection());
    }

    [Fact]
    public void Uses_files_of_environment()
    {
        Environment.Set("ALIBABA_CLOUD_CONFIG_FILE", TestEnvironment.Write(Path.Combine(Environment.Home, "other.json"), $$"""{"profiles": [{{Profile("AK", Key, "default")}}]}"""));
        AssertLists();

        Environment.Set("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true");
        Environment.Set("ALIBABA_CLOUD_CREDENTIALS_FILE", TestEnvironment.Write(Path.Combine(Environment.Home, "other.ini"), "[default]\ntype=access_key\naccess_key_id=test-id\naccess_key_secret=test-secret"));
        AssertLists();
    }

    /// <summary>Returns the fields of a temporary key of the emulator.</summary>
    private string Temporary()
    {
        using var http = new HttpClient(Route, disposeHandler: false);
        var fields = System.Text.Json.Nodes.JsonNode.Parse(http.GetStringAsync(Emulator.CredentialsUri).GetAwaiter().GetResult())!;
        return $"\"access_key_id\": \"{fields["AccessKeyId"]}\", \"access_key_secret\": \"{fields["AccessKeySecret"]}\", \"sts_token\": \"{fields["SecurityToken"]}\"";
    }
}
