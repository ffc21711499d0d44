using System.Text.Json;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>The variables, modes and spellings that the aliyun CLI accepts for a profile lead to the same identity here.</summary>
public sealed class CliFieldTests : ChainTest
{
    private const string Other = """ "access_key_id": "other", "access_key_secret": "other" """;
    private const string Role = $$""" "ram_role_arn": "{{RoleArn}}" """;

    [Theory]
    [InlineData("ALIBABACLOUD_PROFILE")]
    [InlineData("ALIBABA_CLOUD_PROFILE")]
    [InlineData("ALICLOUD_PROFILE")]
    public void Uses_each_variable_for_profile_name(string variable)
    {
        WriteConfig(Profile("AK", Other), Profile("AK", Key, "q"));
        Environment.Set(variable, "q\r");

        AssertLists();
    }

    [Theory]
    [InlineData("ALIBABACLOUD_PROFILE=q|ALIBABA_CLOUD_PROFILE=p|ALICLOUD_PROFILE=p")]
    [InlineData("ALIBABACLOUD_PROFILE=|ALIBABA_CLOUD_PROFILE=q|ALICLOUD_PROFILE=p")]
    public void Uses_variables_in_order_of_cli(string variables)
    {
        WriteConfig(Profile("AK", Other), Profile("AK", Key, "q"));
        Set(variables);

        AssertLists();
    }

    [Fact]
    public void Names_variable_of_missing_profile()
    {
        WriteConfig(Profile("AK", Key));
        Environment.Set("ALICLOUD_PROFILE", "x");

        Assert.StartsWith("The profile 'x', which ALICLOUD_PROFILE specifies, was not found.", Rejection(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALIBABA_CLOUD_IGNORE_PROFILE")]
    [InlineData("ALIBABACLOUD_IGNORE_PROFILE")]
    public void Skips_disabled_file(string variable)
    {
        WriteConfig(Profile("AK", Other));
        Environment.Set(variable, "TRUE");
        Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost/credentials");

        AssertLists();
        Assert.Single(Route.CallsTo("localhost"));
    }

    [Fact]
    public void Skips_profile_name_of_disabled_file()
    {
        WriteConfig(Profile("AK", Other, "q"));
        Set("ALIBABA_CLOUD_IGNORE_PROFILE=TRUE|ALIBABA_CLOUD_PROFILE=q|ALICLOUD_ACCESS_KEY_ID=test-id|ALICLOUD_ACCESS_KEY_SECRET=test-secret");

        AssertLists();
    }

    [Theory]
    [InlineData("true")]
    [InlineData("1")]
    [InlineData("FALSE")]
    public void Disables_file_only_for_value_of_cli(string value)
    {
        WriteConfig(Profile("AK", Key));
        Environment.Set("ALIBABA_CLOUD_IGNORE_PROFILE", value);

        AssertLists();
    }

    [Fact]
    public void Reports_disabled_file()
    {
        WriteConfig(Profile("AK", Key));
        Environment.Set("ALIBABACLOUD_IGNORE_PROFILE", "TRUE");

        Assert.Contains("Profile of the aliyun CLI: it is disabled by ALIBABACLOUD_IGNORE_PROFILE.", Rejection("p"), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_a_profile_with_a_credentials_uri()
    {
        WriteConfig(Profile("CredentialsURI", "\"credentials_uri\": \"http://localhost:4711/mine\""));
        Answer("localhost/mine", Uri());

        AssertLists();
        Assert.Equal(["GET localhost/mine"], Route.CallsTo("localhost"));
    }

    [Fact]
    public void Uses_credentials_uri_of_environment_for_profile_without_one()
    {
        WriteConfig(Profile("CredentialsURI", "\"credentials_uri\": \"\""));
        Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost/credentials");

        AssertLists();
    }

    [Fact]
    public void Assumes_a_role_from_a_profile_with_a_credentials_uri()
    {
        WriteConfig(
            Profile("ChainableRamRoleArn", $"{Role}, \"source_profile\": \"b\""),
            Profile("CredentialsURI", "\"credentials_uri\": \"http://localhost/credentials\"", "b"));

        AssertLists();
        Assert.Equal(["GET localhost/credentials", "GET sts.aliyuncs.com/AssumeRole", "GET 127.0.0.1/ListRepoTag"], Route.Calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"Expiration\": \"soon\",")]
    public void Accepts_credentials_uri_without_optional_fields(string fields)
    {
        WriteConfig(Profile("CredentialsURI", "\"credentials_uri\": \"http://localhost/mine\""));
        Answer("localhost/mine", $$"""{ {{fields}} "AccessKeyId": "a", "AccessKeySecret": "b", "SecurityToken": "c"}""");

        Assert.Equal("a", IdOf());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("True")]
    public void Reports_forbidden_credentials_uri_of_profile(string value)
    {
        WriteConfig(Profile("CredentialsURI", "\"credentials_uri\": \"http://localhost/credentials\""));
        Environment.Set("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS", value);

        Assert.EndsWith("has the mode 'CredentialsURI', which ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids.", Rejection(), StringComparison.Ordinal);
        Assert.Empty(Route.Calls);
    }

    [Fact]
    public void Assumes_role_with_role_of_instance()
    {
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", null);
        WriteConfig(Profile("RamRoleArnWithRoleName", $"{Role}, \"ram_role_name\": \"EmulatorRole\""));

        AssertLists();
        Assert.Equal(2, Route.CallsTo(Metadata).Count());
        Assert.Single(Route.CallsTo(Sts));
    }

    [Theory]
    [InlineData(Key, "GET 127.0.0.1/ListRepoTag")]
    [InlineData(Key + "," + Role, "GET sts.aliyuncs.com/AssumeRole")]
    [InlineData(""" "ram_role_name": "EmulatorRole" """, "PUT 100.100.100.200/latest/api/token")]
    [InlineData(Role + """, "oidc_provider_arn": "acs:ram::1:oidc-provider/test", "oidc_token_file": "{token}" """, "POST sts.aliyuncs.com/AssumeRoleWithOIDC")]
    [InlineData(""" "process_command": "/bin/sh {script}" """, "GET 127.0.0.1/ListRepoTag")]
    public void Infers_the_mode_from_the_fields(string fields, string firstCall)
    {
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", null);
        fields = fields.Replace("{token}", Token(), StringComparison.Ordinal).Replace("{script}", Script(), StringComparison.Ordinal);
        foreach (var mode in new[] { "\"mode\": \"\",", "\"mode\": null,", "" })
        {
            WriteConfig($$"""{"name": "p", {{mode}} {{fields}}}""");
            var before = Route.Calls.Count;

            AssertLists();
            Assert.Equal(firstCall, Route.Calls[before]);
        }
    }

    [Fact]
    public void Infers_that_a_key_with_a_token_is_temporary()
    {
        WriteConfig(Profile("", """ "access_key_id": "a", "access_key_secret": "b", "sts_token": "c", "ram_role_arn": "d" """));

        Assert.Equal("a", IdOf());
        Assert.Empty(Route.CallsTo(Sts));
    }

    [Fact]
    public void Infers_the_mode_of_a_source_from_its_own_fields_only()
    {
        WriteConfig(Profile("ChainableRamRoleArn", $"{Role}, \"source_profile\": \"b\""), Profile("", Key, "b"));
        Environment.Set("ALIBABA_CLOUD_ROLE_ARN", RoleArn);

        AssertLists();
        Assert.Single(Route.CallsTo(Sts));
    }

    [Theory]
    [InlineData("ram_role_arn", "ALIBABA_CLOUD_ROLE_ARN", "RoleArn", RoleArn)]
    [InlineData("ram_role_arn", "ALIBABACLOUD_ROLE_ARN", "RoleArn", RoleArn)]
    [InlineData("ram_session_name", "ALIBABA_CLOUD_ROLE_SESSION_NAME", "RoleSessionName", "nightly")]
    [InlineData("external_id", "ALIBABA_CLOUD_EXTERNAL_ID", "ExternalId", "e")]
    [InlineData("external_id", "ALIBABACLOUD_EXTERNAL_ID", "ExternalId", "e")]
    public void Fills_a_field_of_a_role_from_the_environment(string field, string variable, string parameter, string value)
    {
        WriteConfig(Profile("RamRoleArn", field == "ram_role_arn" ? Key : $"{Key}, {Role}"));
        Environment.Set(variable, value);

        AssertLists();
        Assert.Equal(value, Emulator.Requests[0].Parameters[parameter]);

        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}, \"{field}\": \"acs:ram::1:role/other\""));
        var before = Emulator.Requests.Count;
        List();
        Assert.Equal("acs:ram::1:role/other", Emulator.Requests[before].Parameters[parameter]);
    }

    [Theory]
    [InlineData("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_OIDC_TOKEN_FILE", "ALIBABA_CLOUD_ROLE_ARN", "oidc_provider_arn")]
    [InlineData("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_OIDC_TOKEN_FILE", "ALIBABA_CLOUD_ROLE_ARN", "oidc_token_file")]
    [InlineData("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_OIDC_TOKEN_FILE", "ALIBABA_CLOUD_ROLE_ARN", "ram_role_arn")]
    [InlineData("ALIBABACLOUD_OIDC_PROVIDER_ARN", "ALIBABACLOUD_OIDC_TOKEN_FILE", "ALIBABACLOUD_ROLE_ARN", "")]
    public void Fills_a_field_of_an_identity_provider_from_the_environment(string provider, string file, string role, string inFile)
    {
        var values = new Dictionary<string, (string Variable, string Value)>
        {
            ["oidc_provider_arn"] = (provider, "acs:ram::1:oidc-provider/test"),
            ["oidc_token_file"] = (file, Token()),
            ["ram_role_arn"] = (role, RoleArn),
        };
        foreach (var (field, (variable, value)) in values) Environment.Set(variable, field == inFile ? null : value);
        WriteConfig(Profile("OIDC", inFile.Length == 0 ? "\"language\": \"en\"" : $"\"{inFile}\": {JsonSerializer.Serialize(values[inFile].Value)}"));

        AssertLists();
        Assert.Equal(["POST sts.aliyuncs.com/AssumeRoleWithOIDC", "GET 127.0.0.1/ListRepoTag"], Route.Calls);
    }

    [Theory]
    [InlineData("ALIBABA_CLOUD_OIDC_PROVIDER_ARN=arn", "OIDC: The environment variable ALIBABA_CLOUD_OIDC_PROVIDER_ARN is set, but ALIBABA_CLOUD_OIDC_TOKEN_FILE is not.")]
    [InlineData("ALIBABA_CLOUD_ACCESS_KEY_ID=other", "The environment variable ALIBABA_CLOUD_ACCESS_KEY_ID is set, but ALIBABA_CLOUD_ACCESS_KEY_SECRET is not.")]
    [InlineData("ALIBABA_CLOUD_SECURITY_TOKEN=other", "The environment variable ALIBABA_CLOUD_SECURITY_TOKEN is set, but ALIBABA_CLOUD_ACCESS_KEY_ID is not.")]
    public void Rejects_incomplete_variables_that_no_profile_completes(string variables, string problem)
    {
        WriteConfig(Profile("AK", Key));
        Set(variables);

        Assert.Equal(problem, Rejection());
    }

    [Theory]
    [InlineData("ALIBABACLOUD_ACCESS_KEY_ID=other", "The environment variable ALIBABACLOUD_ACCESS_KEY_ID is set, but ALIBABACLOUD_ACCESS_KEY_SECRET is not.")]
    [InlineData("ALICLOUD_ACCESS_KEY_ID=other|ACCESS_KEY_ID=other", "The environment variable ALICLOUD_ACCESS_KEY_ID is set, but ALICLOUD_ACCESS_KEY_SECRET is not.")]
    [InlineData("ALICLOUD_ACCESS_KEY_SECRET=other", "The environment variable ALICLOUD_ACCESS_KEY_SECRET is set, but ALICLOUD_ACCESS_KEY_ID is not.")]
    [InlineData("ALIBABACLOUD_SECURITY_TOKEN=other", "The environment variable ALIBABACLOUD_SECURITY_TOKEN is set, but ALIBABACLOUD_ACCESS_KEY_ID is not.")]
    [InlineData("ALIBABACLOUD_OIDC_PROVIDER_ARN=arn", "OIDC: The environment variable ALIBABACLOUD_OIDC_PROVIDER_ARN is set, but ALIBABACLOUD_OIDC_TOKEN_FILE is not.")]
    [InlineData("ALIBABACLOUD_OIDC_TOKEN_FILE=/token", "OIDC: The environment variable ALIBABACLOUD_OIDC_TOKEN_FILE is set, but ALIBABACLOUD_OIDC_PROVIDER_ARN is not.")]
    [InlineData("ALIBABACLOUD_OIDC_PROVIDER_ARN=arn|ALIBABACLOUD_OIDC_TOKEN_FILE=/token", "OIDC: The environment variable ALIBABACLOUD_OIDC_PROVIDER_ARN is set, but ALIBABACLOUD_ROLE_ARN is not.")]
    public void Rejects_incomplete_variables_of_other_names_before_credentials_file(string variables, string problem)
    {
        WriteSection();
        Set(variables);

        Assert.Equal(problem, Rejection());

        WriteConfig("""{"name": "p", "mode": ""}""");
        Assert.Equal(problem, Rejection());
    }

    [Theory]
    [InlineData("ACCESS_KEY_ID=other")]
    [InlineData("ACCESS_KEY_SECRET=other")]
    [InlineData("ALIBABACLOUD_ROLE_ARN=other")]
    public void Ignores_incomplete_variables_without_prefix(string variables)
    {
        WriteSection();
        Set(variables);

        AssertLists();
    }

    [Theory]
    [InlineData("ALIBABACLOUD_ACCESS_KEY_ID=other")]
    [InlineData("ALIBABACLOUD_OIDC_PROVIDER_ARN=other")]
    public void Prefers_complete_profile_to_incomplete_variables_of_other_names(string variables)
    {
        WriteConfig(Profile("AK", Key));
        Set(variables);

        AssertLists();
    }

    [Fact]
    public void Ignores_incomplete_variables_for_specified_profile()
    {
        WriteSection();
        Set("ALIBABACLOUD_ACCESS_KEY_ID=other");

        AssertLists("default");
    }

    [Theory]
    [InlineData("AK", """ "access_key_id": "test-id" """, "ALIBABA_CLOUD_ACCESS_KEY_SECRET=test-secret")]
    [InlineData("AK", """ "access_key_secret": "test-secret" """, "ALICLOUD_ACCESS_KEY_ID=test-id")]
    [InlineData("", """ "access_key_secret": "test-secret" """, "ACCESS_KEY_ID=test-id")]
    public void Completes_key_from_environment(string mode, string fields, string variables)
    {
        WriteConfig(Profile(mode, fields));
        Set(variables);

        AssertLists();
    }

    [Theory]
    [InlineData("StsToken", """ "access_key_id": "a", "access_key_secret": "b" """, "ALIBABA_CLOUD_SECURITY_TOKEN=c", "c")]
    [InlineData("", """ "access_key_id": "STS.a", "access_key_secret": "b" """, "ALIBABACLOUD_SECURITY_TOKEN=c", "c")]
    [InlineData("", """ "access_key_id": "a", "access_key_secret": "b" """, "ALICLOUD_SECURITY_TOKEN=c", null)]
    [InlineData("AK", """ "access_key_id": "a", "access_key_secret": "b" """, "SECURITY_TOKEN=c", null)]
    public void Uses_token_of_environment_only_for_key_that_needs_one(string mode, string fields, string variables, string? token)
    {
        WriteConfig(Profile(mode, fields));
        Set(variables);

        Assert.Equal(token, TokenOf());
    }

    [Theory]
    [InlineData("ALIBABACLOUD_ACCESS_KEY_ID=test-id|ALIBABACLOUD_ACCESS_KEY_SECRET=test-secret")]
    [InlineData("ALICLOUD_ACCESS_KEY_ID=test-id|ALICLOUD_ACCESS_KEY_SECRET=test-secret")]
    [InlineData("ACCESS_KEY_ID=test-id|ACCESS_KEY_SECRET=test-secret")]
    [InlineData("ALIBABA_CLOUD_ACCESS_KEY_ID=test-id|ALICLOUD_ACCESS_KEY_SECRET=test-secret")]
    [InlineData("ALIBABA_CLOUD_ACCESS_KEY_ID=test-id|ALIBABA_CLOUD_ACCESS_KEY_SECRET=test-secret|ALIBABACLOUD_ACCESS_KEY_ID=other|ALIBABACLOUD_ACCESS_KEY_SECRET=other")]
    [InlineData("ALIBABACLOUD_ACCESS_KEY_ID=test-id|ALIBABACLOUD_ACCESS_KEY_SECRET=test-secret|ALICLOUD_ACCESS_KEY_ID=other|ALICLOUD_ACCESS_KEY_SECRET=other|ACCESS_KEY_ID=other")]
    public void Reads_other_names_of_key_after_first_one(string variables)
    {
        Set(variables);

        AssertLists();
        WriteConfig();
        AssertLists();
        WriteConfig("""{"name": "p", "mode": ""}""");
        AssertLists();
        WriteConfig("""{"name": "p", "mode": "AK", "access_key_id": "", "access_key_secret": ""}""");
        AssertLists();
    }

    [Fact]
    public void A_profile_takes_precedence_over_the_other_names_of_a_key()
    {
        WriteConfig(Profile("AK", Key));
        Set("ALIBABACLOUD_ACCESS_KEY_ID=other|ALIBABACLOUD_ACCESS_KEY_SECRET=other");

        AssertLists();
    }

    [Fact]
    public void Ignores_incomplete_key_without_prefix()
    {
        Set("ACCESS_KEY_ID=other|ALIBABA_CLOUD_CREDENTIALS_URI=http://localhost/credentials");

        AssertLists();
    }

    [Fact]
    public void Assumes_role_of_environment_with_key_of_another_name()
    {
        Set($"ALICLOUD_ACCESS_KEY_ID=test-id|ALICLOUD_ACCESS_KEY_SECRET=test-secret|ALIBABA_CLOUD_ROLE_ARN={RoleArn}");

        AssertLists();
        Assert.Single(Route.CallsTo(Sts));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("\uFEFF")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"current": "", "profiles": []}""")]
    [InlineData("""{"current": "p", "profiles": []}""")]
    [InlineData("""{"current": "default", "profiles": null}""")]
    [InlineData("""{"current": "default", "profiles": [{"name": "default", "mode": "", "output_format": "json", "language": "en", "region_id": "cn-test"}]}""")]
    [InlineData("""{"current": "default", "profiles": [{"name": "default", "mode": "AK", "access_key_id": "", "access_key_secret": "", "region_id": ""}]}""")]
    [InlineData("""{"current": "default", "profiles": [{"name": "default"}]}""")]
    public void Continues_chain_after_empty_file(string text)
    {
        TestEnvironment.Write(Environment.ConfigFile, text);
        TestEnvironment.Write(Environment.CredentialsFile, "[default]\ntype = access_key\naccess_key_id = test-id\naccess_key_secret = test-secret\n");

        AssertLists();
    }

    [Fact]
    public void Rejects_empty_specified_profile()
    {
        WriteConfig("""{"name": "p", "mode": ""}""");

        Assert.Contains($"The profile 'p' was not found. The profile 'p' in '{Environment.ConfigFile}' is empty.", Rejection("p"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"sts_endpoint\": \"https://sts.cn-hangzhou.aliyuncs.com/\"", "sts.cn-hangzhou.aliyuncs.com")]
    [InlineData("\"sts_endpoint\": \"http://STS.CN-HANGZHOU.ALIYUNCS.COM\"", "sts.cn-hangzhou.aliyuncs.com")]
    [InlineData("\"sts_endpoint\": \" sts-vpc.cn-hangzhou.aliyuncs.com:443 \\r\\n\"", "sts-vpc.cn-hangzhou.aliyuncs.com")]
    [InlineData("\"sts_endpoint\": \"HTTPS://sts.aliyuncs.com:443/\"", "sts.aliyuncs.com")]
    [InlineData("\"sts_region\": \"CN-Shanghai \"", "sts.cn-shanghai.aliyuncs.com")]
    [InlineData("\"sts_endpoint\": \"\", \"sts_region\": \"cn-shanghai\"", "sts.cn-shanghai.aliyuncs.com")]
    public void Accepts_each_spelling_of_the_host_of_sts(string fields, string host)
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}, {fields}"));

        AssertLists();
        Assert.Single(Route.CallsTo(host + "/"));
    }

    [Theory]
    [InlineData("", "ALIBABA_CLOUD_STS_ENDPOINT=sts-vpc.cn-beijing.aliyuncs.com", "sts-vpc.cn-beijing.aliyuncs.com")]
    [InlineData(", \"sts_region\": \"cn-a\"", "ALIBABA_CLOUD_STS_ENDPOINT=https://sts.cn-b.aliyuncs.com/", "sts.cn-b.aliyuncs.com")]
    [InlineData(", \"sts_endpoint\": \"sts.cn-a.aliyuncs.com\"", "ALIBABA_CLOUD_STS_ENDPOINT=sts.cn-b.aliyuncs.com", "sts.cn-a.aliyuncs.com")]
    [InlineData(", \"sts_region\": \"cn-a\"", "ALIBABA_CLOUD_ENDPOINT_TYPE=vpc", "sts-vpc.cn-a.aliyuncs.com")]
    [InlineData(", \"sts_region\": \"cn-a\", \"endpoint_type\": \"vpc\"", "", "sts-vpc.cn-a.aliyuncs.com")]
    [InlineData(", \"region_id\": \"cn-a\", \"endpoint_type\": \"VPC\"", "", "sts-vpc.cn-a.aliyuncs.com")]
    [InlineData(", \"region_id\": \"cn-a\"", "ALIBABACLOUD_ENDPOINT_TYPE=vpc|ALIBABA_CLOUD_REGION_ID=cn-b", "sts-vpc.cn-a.aliyuncs.com")]
    [InlineData("", "ALICLOUD_ENDPOINT_TYPE=vpc|ALIBABA_CLOUD_REGION_ID=cn-b", "sts-vpc.cn-b.aliyuncs.com")]
    [InlineData("", "ENDPOINT_TYPE=vpc|ALIBABA_CLOUD_STS_REGION=cn-b", "sts-vpc.cn-b.aliyuncs.com")]
    [InlineData("", "ALIBABA_CLOUD_ENDPOINT_TYPE=vpc", "sts.aliyuncs.com")]
    [InlineData(", \"region_id\": \"cn-a\"", "", "sts.aliyuncs.com")]
    [InlineData(", \"sts_region\": \"cn-a\", \"endpoint_type\": \"public\"", "ALIBABA_CLOUD_ENDPOINT_TYPE=vpc", "sts.cn-a.aliyuncs.com")]
    public void Chooses_the_host_of_sts_as_the_cli_or_within_the_vpc(string fields, string variables, string host)
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}{fields}"));
        Set(variables);

        AssertLists();
        Assert.Single(Route.CallsTo(host + "/"));
    }

    [Theory]
    [InlineData("", "ENDPOINT_TYPE=vpc", false, "sts-vpc.cn-test.aliyuncs.com")]
    [InlineData(", \"region_id\": \"cn-a\", \"endpoint_type\": \"vpc\"", "ALIBABA_CLOUD_REGION_ID=cn-b", false, "sts-vpc.cn-test.aliyuncs.com")]
    [InlineData("", "", true, "sts-vpc.cn-test.aliyuncs.com")]
    [InlineData(", \"region_id\": \"cn-a\", \"endpoint_type\": \"public\"", "", true, "sts-vpc.cn-test.aliyuncs.com")]
    [InlineData(", \"sts_region\": \"cn-a\"", "", true, "sts-vpc.cn-a.aliyuncs.com")]
    [InlineData(", \"sts_endpoint\": \"sts.cn-a.aliyuncs.com\"", "", true, "sts.cn-a.aliyuncs.com")]
    [InlineData(", \"region_id\": \"cn-a\"", "", false, "sts.aliyuncs.com")]
    public void Calls_sts_inside_the_vpc_of_the_registry(string fields, string variables, bool isVpc, string host)
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}{fields}"));
        Set(variables);

        List(ConnectTo("cn-test", isVpc));
        Assert.Single(Route.CallsTo(host + "/"));
    }

    [Fact]
    public void Calls_sts_inside_the_vpc_for_the_credentials_file_and_for_oidc()
    {
        TestEnvironment.Write(
            Environment.CredentialsFile, $"[default]\ntype = ram_role_arn\naccess_key_id = test-id\naccess_key_secret = test-secret\nrole_arn = {RoleArn}\n");
        List(ConnectTo("cn-test", isVpc: true));
        Set($"ALIBABA_CLOUD_ROLE_ARN={RoleArn}|ALIBABA_CLOUD_OIDC_PROVIDER_ARN=acs:ram::1:oidc-provider/test|ALIBABA_CLOUD_OIDC_TOKEN_FILE={Token()}");
        List(ConnectTo("cn-test", isVpc: true));

        Assert.Equal(["GET sts-vpc.cn-test.aliyuncs.com/AssumeRole", "POST sts-vpc.cn-test.aliyuncs.com/AssumeRoleWithOIDC"], Route.CallsTo("sts"));
    }

    [Fact]
    public void Calls_the_public_host_of_sts_if_the_vpc_has_no_known_region()
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}"));

        List(ConnectTo(null, isVpc: true));
        Assert.Single(Route.CallsTo(Sts + "/"));
    }

    [Theory]
    [InlineData("ALIBABA_CLOUD_STS_ENDPOINT=sts.example.com", "ALIBABA_CLOUD_STS_ENDPOINT 'sts.example.com' is rejected")]
    [InlineData("ALIBABA_CLOUD_ENDPOINT_TYPE=vpc|ALIBABA_CLOUD_REGION_ID=example.com/", "ALIBABA_CLOUD_REGION_ID 'example.com/' is not a region ID")]
    public void Rejects_foreign_host_in_variable(string variables, string problem)
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}"));
        Set(variables);

        Assert.Contains(problem, Rejection(), StringComparison.Ordinal);
        Assert.Empty(Route.Calls);
    }

    [Theory]
    [InlineData("ALIBABA_CLOUD_ACCESS_KEY_ID")]
    [InlineData("ALIBABA_CLOUD_ACCESS_KEY_SECRET")]
    [InlineData("ALIBABA_CLOUD_SECURITY_TOKEN")]
    [InlineData("ALICLOUD_ACCESS_KEY_SECRET")]
    [InlineData("ALIBABA_CLOUD_PROFILE")]
    [InlineData("ALIBABA_CLOUD_CONFIG_FILE")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI")]
    [InlineData("ALIBABA_CLOUD_ECS_METADATA_DISABLED")]
    public void Reports_quotation_marks_in_variable(string variable)
    {
        Set("ALIBABA_CLOUD_ACCESS_KEY_ID=test-id|ALIBABA_CLOUD_ACCESS_KEY_SECRET=test-secret");
        if (variable.Contains("ACCESS_KEY", StringComparison.Ordinal)) Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", null);
        else if (!variable.Contains("TOKEN", StringComparison.Ordinal)) Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", null);
        if (!variable.Contains("KEY", StringComparison.Ordinal) && !variable.Contains("TOKEN", StringComparison.Ordinal)) Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", null);
        foreach (var value in new[] { "\"test-secret\"", "'test-secret' ", "\"test-secret" })
        {
            Environment.Set(variable, value);

            Assert.Equal($"The value of the environment variable {variable} is in quotation marks, which are part of the value. Remove them.", Rejection());
        }
    }

    [Fact]
    public void Ignores_other_encoding_in_unused_text()
    {
        var text = $$"""{"current": "p", "profiles": [{{Profile("AK", "\"region_id\": \"X\"," + Key)}}, {{Profile("AK", Other, "X")}}]}""";
        TestEnvironment.Write(Environment.ConfigFile, "");
        File.WriteAllBytes(Environment.ConfigFile, [.. System.Text.Encoding.Latin1.GetBytes(text.Replace("X", "\u00c4\u00fc", StringComparison.Ordinal))]);

        AssertLists();
    }

    private void Set(string variables)
    {
        foreach (var variable in variables.Split('|', StringSplitOptions.RemoveEmptyEntries)) Environment.Set(variable.Split('=', 2)[0], variable.Split('=', 2)[1]);
    }

    private CrConnection ConnectTo(string? region, bool isVpc) => new(new CrConnectionOptions
    {
        RegionId = region,
        IsVpc = isVpc,
        MessageHandler = Route,
        Clock = () => Now,
        RetryPolicy = new RetryPolicy(new TestClock()),
    });

    private void WriteSection() =>
        TestEnvironment.Write(Environment.CredentialsFile, "[default]\ntype = access_key\naccess_key_id = test-id\naccess_key_secret = test-secret\n");

    private string Token() => TestEnvironment.Write(Path.Combine(Environment.Home, "token"), "test-token");

    private string Script() => TestEnvironment.Write(Path.Combine(Environment.Home, "script"), $$"""echo '{"mode": "AK", {{Key}}}'""");

    private string Uri()
    {
        using var http = new HttpClient(Route, disposeHandler: false);
        return http.GetStringAsync(Emulator.CredentialsUri).GetAwaiter().GetResult();
    }

    /// <summary>Replies at one address, and sends the other requests to the emulator.</summary>
    private void Answer(string address, string body)
    {
        Route.Forget();
        Route.Answer = (request, _) => Task.FromResult(request.RequestUri!.Host + request.RequestUri.AbsolutePath == address ? FakeRegistry.Reply(System.Net.HttpStatusCode.OK, body) : null);
    }

    private string IdOf() => Sent().Split("Credential=")[1].Split(',')[0];

    private string? TokenOf()
    {
        Sent();
        return _token;
    }

    private string? _token;

    private string Sent()
    {
        var answer = Route.Answer;
        string? authorization = null;
        Route.Answer = async (request, token) =>
        {
            if (request.RequestUri!.Host == "127.0.0.1")
            {
                authorization = request.Headers.GetValues("Authorization").Single();
                _token = request.Headers.TryGetValues("x-acs-security-token", out var values) ? values.Single() : null;
            }

            return answer is null ? null : await answer(request, token);
        };
        List();
        return authorization!;
    }
}
