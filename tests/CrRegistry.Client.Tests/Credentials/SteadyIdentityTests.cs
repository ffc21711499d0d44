using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>A connection keeps its identity, even when its credential is renewed.</summary>
public sealed class SteadyIdentityTests : ChainTest
{
    private const string Role = $$""" "ram_role_arn": "{{RoleArn}}" """;

    [Fact]
    public void Assumes_role_again_before_credential_expires()
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}"));
        var connection = Connect();

        Assert.Null(List(connection).Failure);
        Assert.Null(List(connection).Failure);
        Assert.Single(Route.CallsTo(Sts));
        Now = Now.AddMinutes(58);
        Assert.Null(List(connection).Failure);

        Assert.Equal(2, Route.CallsTo(Sts).Count());
    }

    [Fact]
    public void Keeps_profile_if_current_profile_changes()
    {
        var (role, key) = (Profile("RamRoleArn", $"{Key}, {Role}"), Profile("AK", Key, "q"));
        WriteConfig(role, key);
        var connection = Connect();
        Assert.Null(List(connection).Failure);

        TestEnvironment.Write(Environment.ConfigFile, $$"""{"current": "q", "profiles": [{{role}}, {{key}}]}""");
        Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "other");
        Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "other");
        Now = Now.AddMinutes(58);
        Assert.Null(List(connection).Failure);
        Assert.Equal(2, Route.CallsTo(Sts).Count());

        File.Delete(Environment.ConfigFile);
        Now = Now.AddHours(2);
        Assert.Equal($"The credential cannot be renewed. Profile of the aliyun CLI: there is no file '{Environment.ConfigFile}'.", List(connection).Failure!.Message);
    }

    [Fact]
    public void Reports_found_credential()
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}"));
        var connection = Connect();
        Assert.Null(connection.Identity);

        Assert.Null(List(connection).Failure);

        var identity = connection.Identity!;
        Assert.Equal($"profile 'p' in '{Environment.ConfigFile}'", identity.Origin);
        Assert.StartsWith("STS.", identity.AccessKeyId, StringComparison.Ordinal);
        Assert.InRange(identity.Expiration!.Value, Now.AddMinutes(50), Now.AddMinutes(70));
        Assert.Empty(identity.PassedOver);
        Assert.DoesNotContain("test-secret", identity.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("environment", "environment variable ALIBABA_CLOUD_ACCESS_KEY_ID")]
    [InlineData("oidc", "role 'acs:ram::1:role/test-role' with the token file from ALIBABA_CLOUD_OIDC_TOKEN_FILE")]
    [InlineData("cli", "profile 'p' in '{0}/.aliyun/config.json'")]
    [InlineData("ini", "profile 'default' in '{0}/.alibabacloud/credentials'")]
    [InlineData("ecs", "role 'EmulatorRole' from ECS metadata")]
    [InlineData("uri", "service 'localhost' in ALIBABA_CLOUD_CREDENTIALS_URI")]
    public void Reports_source_and_unused_sources(string first, string origin)
    {
        string[] steps = ["environment", "oidc", "cli", "ini", "ecs", "uri"];
        string[] places = [.. steps.SkipWhile(step => step != first)];
        foreach (var place in places) SetUp(place);
        var connection = Connect();

        Assert.Null(List(connection).Failure);

        var identity = connection.Identity!;
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, origin, Environment.Home), identity.Origin);
        Assert.Equal(places.Length - 1, identity.PassedOver.SelectMany(passed => passed.Split(", ")).Distinct().Count());
    }

    [Theory]
    [InlineData("environment")]
    [InlineData("oidc")]
    public void Does_not_report_own_variables_as_unused(string place)
    {
        SetUp(place);
        var connection = Connect();

        Assert.Null(List(connection).Failure);
        Assert.Empty(connection.Identity!.PassedOver);

        Environment.Set("ALICLOUD_ACCESS_KEY_ID", "other");
        Environment.Set("ALICLOUD_ACCESS_KEY_SECRET", "other");
        connection = Connect();
        Assert.Null(List(connection).Failure);
        Assert.Equal(place == "environment" ? [] : ["environment variable ALICLOUD_ACCESS_KEY_ID"], connection.Identity!.PassedOver);
    }

    [Fact]
    public void Does_not_report_invalid_or_empty_source_as_unused()
    {
        SetUp("environment");
        TestEnvironment.Write(Environment.ConfigFile, "{");
        TestEnvironment.Write(Environment.CredentialsFile, "[default]\n");
        Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", "file:///etc/hostname");
        var connection = Connect();

        Assert.Null(List(connection).Failure);
        Assert.Empty(connection.Identity!.PassedOver);
    }

    private void SetUp(string place)
    {
        switch (place)
        {
            case "environment":
                Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "test-id");
                Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "test-secret");
                break;
            case "oidc":
                Environment.Set("ALIBABA_CLOUD_ROLE_ARN", RoleArn);
                Environment.Set("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/test");
                Environment.Set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", TestEnvironment.Write(Path.Combine(Environment.Home, "token"), "test-token"));
                break;
            case "cli":
                WriteConfig(Profile("AK", Key));
                break;
            case "ini":
                TestEnvironment.Write(Environment.CredentialsFile, "[default]\ntype = access_key\naccess_key_id = test-id\naccess_key_secret = test-secret\n");
                break;
            case "ecs":
                Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", null);
                Environment.Set("ALIBABA_CLOUD_ECS_METADATA", "EmulatorRole");
                break;
            default:
                Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost/credentials");
                break;
        }
    }
}
