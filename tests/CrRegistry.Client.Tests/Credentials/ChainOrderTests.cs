using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>Each step of the chain, their order, and the error if no step has a credential.</summary>
public sealed class ChainOrderTests : ChainTest
{
    [Fact]
    public void Lists_with_environment_variables()
    {
        Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "test-id");
        Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "test-secret");

        AssertLists();
        Assert.Equal(["GET 127.0.0.1/ListRepoTag"], Route.Calls);
    }

    [Fact]
    public void Lists_with_token_of_identity_provider()
    {
        SetOidc();

        AssertLists();
        Assert.Equal(["POST sts.aliyuncs.com/AssumeRoleWithOIDC", "GET 127.0.0.1/ListRepoTag"], Route.Calls);
    }

    [Fact]
    public void Lists_with_current_profile_of_cli()
    {
        WriteConfig(Profile("AK", """ "access_key_id": "other", "access_key_secret": "other" """, "default"), Profile("AK", Key));

        AssertLists();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".ini")]
    public void Lists_with_default_section_of_credentials_file(string extension)
    {
        TestEnvironment.Write(Environment.CredentialsFile + extension, "[default]\ntype = access_key\naccess_key_id = test-id\naccess_key_secret = test-secret\n");

        AssertLists();
    }

    [Fact]
    public void Lists_with_role_of_instance_by_metadata_version_2()
    {
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", null);

        AssertLists();
        Assert.Equal(
            [
                "PUT 100.100.100.200/latest/api/token",
                "GET 100.100.100.200/latest/meta-data/ram/security-credentials/",
                "GET 100.100.100.200/latest/meta-data/ram/security-credentials/EmulatorRole",
                "GET 127.0.0.1/ListRepoTag",
            ],
            Route.Calls);
    }

    [Fact]
    public void Lists_with_credentials_uri()
    {
        Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost:4711/credentials");

        AssertLists();
        Assert.Equal(["GET localhost/credentials", "GET 127.0.0.1/ListRepoTag"], Route.Calls);
    }

    [Fact]
    public void Earlier_steps_take_precedence()
    {
        // All steps have a credential, and one after another is removed.
        Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "test-id");
        Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "test-secret");
        SetOidc();
        WriteConfig(Profile("RamRoleArn", Key + $$""", "ram_role_arn": "{{RoleArn}}", "sts_region": "cn-cli" """));
        TestEnvironment.Write(Environment.CredentialsFile, $"[default]\ntype = ram_role_arn\naccess_key_id = test-id\naccess_key_secret = test-secret\nrole_arn = {RoleArn}\nsts_region = cn-ini\n");
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", null);
        Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost/credentials");

        Assert.Equal("127.0.0.1", FirstHost());
        Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", null);
        Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", null);
        Assert.Equal("sts.aliyuncs.com", FirstHost());
        Environment.Set("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", null);
        Environment.Set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", null);
        Assert.Equal("sts.cn-cli.aliyuncs.com", FirstHost());
        Environment.Set("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true");
        Assert.Equal("sts.cn-ini.aliyuncs.com", FirstHost());
        File.Delete(Environment.CredentialsFile);
        Assert.Equal("100.100.100.200", FirstHost());
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        Assert.Equal("localhost", FirstHost());
    }

    [Fact]
    public void Reports_reason_of_each_step_without_credential()
    {
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", null);
        Route.Cut(Metadata);

        Assert.Equal(
            "No credential was found. "
            + "Environment: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set. "
            + "OIDC: ALIBABA_CLOUD_OIDC_PROVIDER_ARN and ALIBABA_CLOUD_OIDC_TOKEN_FILE are not set. "
            + $"Profile of the aliyun CLI: there is no file '{Environment.ConfigFile}'. "
            + $"Credentials file: there is neither '{Environment.CredentialsFile}' nor '{Environment.CredentialsFile}.ini'. "
            + "ECS metadata: the request for the instance's role could not connect to '100.100.100.200': No route to host. "
            + "Credentials URI: ALIBABA_CLOUD_CREDENTIALS_URI is not set.",
            Rejection());
    }

    [Fact]
    public void Reports_disabled_steps()
    {
        WriteConfig(Profile("AK", Key));
        Environment.Set("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true");

        var rejection = Rejection();

        Assert.Contains("Profile of the aliyun CLI: it is disabled by ALIBABA_CLOUD_CLI_PROFILE_DISABLED.", rejection, StringComparison.Ordinal);
        Assert.Contains("ECS metadata: it is disabled by ALIBABA_CLOUD_ECS_METADATA_DISABLED.", rejection, StringComparison.Ordinal);
        Assert.Empty(Route.Calls);
    }

    [Fact]
    public void Keeps_credential_but_not_failure()
    {
        var connection = Connect();
        Assert.NotNull(List(connection).Failure);

        WriteConfig(Profile("AK", Key));
        Assert.Null(List(connection).Failure);
        File.Delete(Environment.ConfigFile);
        Assert.Null(List(connection).Failure);
    }

    private void SetOidc()
    {
        Environment.Set("ALIBABA_CLOUD_ROLE_ARN", RoleArn);
        Environment.Set("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/test");
        Environment.Set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", TestEnvironment.Write(Path.Combine(Environment.Home, "token"), "test-token\n"));
    }

    private string FirstHost()
    {
        var before = Route.Calls.Count;
        AssertLists();
        return Route.Calls[before].Split(' ')[1].Split('/')[0];
    }
}
