using System.Net;
using System.Text;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>An invalid source ends the chain with an error that names the place. The role of the instance, which comes later, must not be used instead.</summary>
public sealed class BrokenSourceTests : ChainTest
{
    private const string Role = $$""" "ram_role_arn": "{{RoleArn}}" """;

    public BrokenSourceTests() => Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", null);

    [Theory]
    [InlineData("{\"current\": \"p\",\n \"profiles\": [\n  {\"name\": \"p\", test-secret}]}", "line 3, position 17")]
    [InlineData("{\"current\": \"p\", \"profiles\": [{\"access_key_secret\": \"test-secret\"", "line 1, position 66")]
    [InlineData("{\"profiles\": \"test-secret\"}", "line 1, position 27")]
    [InlineData("{\"profiles\": [{\"access_key_secret\": [\"test-secret\"]}]}", "line 1, position 38")]
    public void Reports_file_and_position_of_invalid_configuration(string text, string place)
    {
        TestEnvironment.Write(Environment.ConfigFile, text);

        Assert.Equal($"The file '{Environment.ConfigFile}' is not a valid configuration of the aliyun CLI ({place}).", Rejection());
        Assert.Empty(Route.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reports_binary_file(bool ini)
    {
        var path = TestEnvironment.Write(ini ? Environment.CredentialsFile : Environment.ConfigFile, "");
        File.WriteAllBytes(path, Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("test-secret")).ToArray());

        Assert.Equal($"The file '{path}' is not text in UTF-8.", Rejection());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Accepts_byte_order_mark(bool ini)
    {
        var text = ini ? "[default]\ntype=access_key\naccess_key_id=test-id\naccess_key_secret=test-secret" : $$"""{"profiles": [{{Profile("AK", Key, "default")}}]}""";
        var path = TestEnvironment.Write(ini ? Environment.CredentialsFile : Environment.ConfigFile, "");
        File.WriteAllText(path, text, Encoding.UTF8);

        AssertLists();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reports_unreadable_file(bool ini)
    {
        // A directory in its place, because an administrator can read any file.
        var path = ini ? Environment.CredentialsFile : Environment.ConfigFile;
        Directory.CreateDirectory(path);

        Assert.Equal($"The file '{path}' cannot be read because it is a folder.", Rejection());
    }

    [Fact]
    public void Reports_file_that_is_too_large()
    {
        TestEnvironment.Write(Environment.ConfigFile, new string(' ', 1024 * 1024 + 1));

        Assert.Contains("is larger than 1024 KB", Rejection(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALIBABA_CLOUD_CONFIG_FILE")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_FILE")]
    public void Reports_missing_file_of_environment(string variable)
    {
        Environment.Set(variable, Path.Combine(Environment.Home, "gone"));

        Assert.Equal($"The file '{Path.Combine(Environment.Home, "gone")}', which {variable} specifies, does not exist.", Rejection());
    }

    [Fact]
    public void Reports_missing_current_profile()
    {
        WriteConfig(Profile("AK", Key, "q"));

        Assert.Equal($"Profile of the aliyun CLI: '{Environment.ConfigFile}' has no profile 'p'; it has 'q'. The file specifies 'p' as the current profile.", Rejection());
    }

    [Theory]
    [InlineData("AK", """ "access_key_id": "test-id" """, "has no access_key_secret.")]
    [InlineData("AK", """ "access_key_id": "", "access_key_secret": "test-secret" """, "has no access_key_id.")]
    [InlineData("AK", """ "access_key_id": "test-id\n", "access_key_secret": "test-secret" """, "has an access_key_id with an invalid character, such as a space or an accented letter.")]
    [InlineData("AK", """ "access_key_id": "test-id", "access_key_secret": "test-secret\u00a0" """, "has an access_key_secret with an invalid character, such as a space or an accented letter.")]
    [InlineData("StsToken", Key, "has no sts_token.")]
    [InlineData("a\\u001b[31m\\nb", Key, "has the mode 'a\\u001b[31m\\nb', which is unknown. Names of modes are case-sensitive.")]
    [InlineData("RamRoleArn", Key, "has no ram_role_arn.")]
    [InlineData("RamRoleArn", Role, "has no access_key_id.")]
    [InlineData("RamRoleArn", $"{Key}, {Role}, \"expired_seconds\": 899", "has an expired_seconds that is not a whole number of 900 or more.")]
    [InlineData("OIDC", Role, "has no oidc_provider_arn.")]
    [InlineData("OIDC", Role + ", \"oidc_provider_arn\": \"a\"", "has no oidc_token_file.")]
    [InlineData("OIDC", Role + ", \"oidc_provider_arn\": \"a\", \"oidc_token_file\": \"/gone/token\"", ": the token file '/gone/token' does not exist.")]
    [InlineData("External", Key, "has no process_command.")]
    [InlineData("ChainableRamRoleArn", Role, "has no source_profile.")]
    [InlineData("ChainableRamRoleArn", Role + ", \"source_profile\": \"x\"", "has the source_profile 'x', which does not exist; the file has 'p'.")]
    [InlineData("CloudSSO", Key + ", \"sts_expiration\": 2000000000", "has no sts_token.")]
    [InlineData("", """ "access_key_secret": "test-secret" """, "has no mode, and its fields do not match any mode. Run 'aliyun configure' for this profile.")]
    [InlineData("ak", Key, "has the mode 'ak', which is unknown. Names of modes are case-sensitive.")]
    [InlineData("CredentialsURI", Key, "has no credentials_uri.")]
    [InlineData("CredentialsURI", "\"credentials_uri\": \"file:///etc/passwd\"", "has a credentials_uri that is not a valid http or https address.")]
    [InlineData("RamRoleArnWithRoleName", "\"ram_role_name\": \"EmulatorRole\"", "has no ram_role_arn.")]
    [InlineData("RsaKeyPair", Key, "has the mode 'RsaKeyPair', which the module does not support. Use another profile.")]
    [InlineData("BearerToken", Key, "has the mode 'BearerToken', which the module does not support. Use another profile.")]
    public void Reports_missing_field_of_mode(string mode, string fields, string problem)
    {
        WriteConfig(Profile(mode, fields));

        var rejection = Rejection();

        Assert.StartsWith($"The profile 'p' in '{Environment.ConfigFile}'", rejection, StringComparison.Ordinal);
        Assert.EndsWith(problem, rejection, StringComparison.Ordinal);
        Assert.Empty(Route.Calls);
    }

    [Fact]
    public void Limits_length_of_shown_names()
    {
        WriteConfig([.. Enumerable.Range(0, 23).Select(number => Profile("AK", Key, new string('x', 65) + number))]);

        var cut = $"'{new string('x', 64)}\u2026'";
        Assert.Contains($"it has {string.Join(", ", Enumerable.Repeat(cut, 20))} and 3 more.", Rejection("q"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p\\r\\n", @"p\r\n")]
    [InlineData("p\\u200b", @"p\u200b")]
    [InlineData("\\tp", @"\tp")]
    public void Shows_control_characters_of_names(string current, string shown)
    {
        TestEnvironment.Write(Environment.ConfigFile, $$"""{"current": "{{current}}", "profiles": [{{Profile("AK", Key)}}, {{Profile("AK", Key, "q\\r")}}]}""");

        Assert.Contains($@"has no profile '{shown}'; it has 'p', 'q\r'.", Rejection(), StringComparison.Ordinal);
    }

    [Fact]
    public void Cuts_names_before_possible_value()
    {
        WriteConfig(Profile("AK", Key, string.Concat(Enumerable.Repeat(@"\u0001", 30))), Profile("AK", Key, @"a\u0001=test-secret"), Profile("AK", Key, new string('x', 64)));

        var cut = string.Concat(Enumerable.Repeat(@"\u0001", 30))[..64];
        Assert.Contains($@"it has '{cut}…', 'a\u0001…', '{new string('x', 64)}'.", Rejection("none"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p -> p", "p")]
    [InlineData("p -> b -> p", "b", "p")]
    [InlineData("p -> b -> c -> d -> b", "b", "c", "d", "b")]
    public void Reports_circular_source_profile(string circle, params string[] sources)
    {
        WriteConfig([.. sources.Distinct().Append("p").Distinct().Select(name => Profile(
            "ChainableRamRoleArn", $"{Role}, \"source_profile\": \"{(name == "p" ? sources[0] : sources[Array.IndexOf(sources, name) + 1])}\"", name))]);

        Assert.EndsWith($"is part of a circular source_profile: {string.Join(" -> ", circle.Split(" -> ").Select(name => $"'{name}'"))}.", Rejection(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sts_endpoint", "evil.example.com")]
    [InlineData("sts_endpoint", "sts.aliyuncs.com.example.com")]
    [InlineData("sts_endpoint", "bucket.oss-cn-beijing.aliyuncs.com")]
    [InlineData("sts_endpoint", "127.0.0.1:8080")]
    [InlineData("sts_endpoint", "http://sts.aliyuncs.com:80")]
    [InlineData("sts_endpoint", "sts.aliyuncs.com/path")]
    [InlineData("sts_endpoint", "ftp://sts.aliyuncs.com")]
    [InlineData("sts_endpoint", "https://sts.aliyuncs.com#@example.com")]
    [InlineData("sts_endpoint", "user@sts.aliyuncs.com")]
    [InlineData("sts_region", "cn-x.example.com/")]
    [InlineData("sts_region", "cn-shanghai.aliyuncs.com#")]
    public void Rejects_foreign_host_in_file(string field, string value)
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}, \"{field}\": \"{value}\""));

        Assert.Contains(field, Rejection(), StringComparison.Ordinal);
        Assert.Empty(Route.Calls);
    }

    [Theory]
    [InlineData("https://user:test-pw@sts.aliyuncs.com", "***@sts.aliyuncs.com")]
    [InlineData("user:test-pw@sts.aliyuncs.com", "***@sts.aliyuncs.com")]
    [InlineData("https://user:test-pw/a@b@example.com/x", "***@example.com/x")]
    public void Does_not_show_user_information_of_a_rejected_host(string host, string shown)
    {
        foreach (var inFile in new[] { true, false })
        {
            Environment.Set("ALIBABA_CLOUD_STS_ENDPOINT", inFile ? null : host);
            WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}" + (inFile ? $", \"sts_endpoint\": \"{host}\"" : "")));

            var rejection = Rejection();

            Assert.Contains($" '{shown}' is rejected", rejection, StringComparison.Ordinal);
            Assert.DoesNotContain("test-pw", rejection, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rejects_foreign_host_in_variable_for_token()
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}"));
        Environment.Set("ALIBABA_CLOUD_STS_REGION", "example.com/x");

        Assert.Contains("ALIBABA_CLOUD_STS_REGION 'example.com/x' is not a region ID", Rejection(), StringComparison.Ordinal);
        Assert.Empty(Route.Calls);
    }

    [Theory]
    [InlineData("[default]\ntype = access_key\ntest-secret\n", "is not an INI file, because line 3 is neither a [section] nor a key = value.")]
    [InlineData("# mine\ntype = access_key\naccess_key_id = test-id\naccess_key_secret = test-secret\n", "is not an INI file, because line 2 is before the first [section].")]
    [InlineData("\n[default\n", "is not an INI file, because line 2 is neither a [section] nor a key = value.")]
    [InlineData("[default]\naccess_key_id = test-id\n", "has no type.")]
    [InlineData("[default] # mine\ntype = access_key # a key\naccess_key_id = test-id\n", "has no access_key_secret.")]
    [InlineData("[default]\ntype = ram_role_arn\naccess_key_id = test-id\naccess_key_secret = test-secret\n", "has no role_arn.")]
    [InlineData("[default]\ntype = access_key access_key_secret = test-secret\n", "has the type '…', which is not supported. Supported types are 'access_key', 'ecs_ram_role', 'oidc_role_arn' and 'ram_role_arn'.")]
    [InlineData("[default]\ntype = rsa_key_pair\n", "has the type 'rsa_key_pair', which is not supported. Supported types are 'access_key', 'ecs_ram_role', 'oidc_role_arn' and 'ram_role_arn'.")]
    public void Reports_file_and_line_of_invalid_credentials_file(string text, string problem)
    {
        TestEnvironment.Write(Environment.CredentialsFile, text);

        var rejection = Rejection();

        Assert.Contains($"'{Environment.CredentialsFile}'", rejection, StringComparison.Ordinal);
        Assert.EndsWith(problem, rejection, StringComparison.Ordinal);
        Assert.Empty(Route.Calls);
    }

    [Theory]
    [InlineData("ALIBABA_CLOUD_OIDC_TOKEN_FILE", "token", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN is not.")]
    [InlineData("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "arn", "ALIBABA_CLOUD_OIDC_TOKEN_FILE is not.")]
    [InlineData("ALIBABA_CLOUD_SECURITY_TOKEN", "test-token", "ALIBABA_CLOUD_ACCESS_KEY_ID is not.")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI", "not an address", "is not a valid http or https address.")]
    [InlineData("ALIBABA_CLOUD_CREDENTIALS_URI", "file:///etc/passwd", "is not a valid http or https address.")]
    public void Reports_incomplete_variables(string variable, string value, string problem)
    {
        Environment.Set(variable, value);
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");

        Assert.EndsWith(problem, Rejection(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ignores_role_variable_without_provider()
    {
        Environment.Set("ALIBABA_CLOUD_ROLE_ARN", RoleArn);

        AssertLists();
    }

    [Theory]
    [InlineData(null, "the token file '{0}' does not exist.")]
    [InlineData(" \n", "the token file '{0}' is empty.")]
    public void Reports_missing_or_empty_token_file(string? text, string problem)
    {
        var file = SetOidc(text);

        Assert.Equal("OIDC: " + string.Format(System.Globalization.CultureInfo.InvariantCulture, problem, file), Rejection());
        Assert.Empty(Route.Calls);
    }

    [Fact]
    public void Ends_chain_with_message_of_sts()
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}"));
        Route.Answer = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeRegistry.Reject(HttpStatusCode.Forbidden, "NoPermission", "You are not authorized to do this action."));

        var failure = Assert.IsType<CrApiException>(List().Failure);

        Assert.Equal($"The profile 'p' in '{Environment.ConfigFile}': AssumeRole was rejected: You are not authorized to do this action.", failure.Message);
        Assert.Equal((CrErrorCode.CredentialUnavailable, "AssumeRole", 403, "REQ-1"), (failure.Code, failure.Action, failure.HttpStatus, failure.RequestId));
        Assert.Empty(Route.CallsTo(Metadata));
    }

    [Fact]
    public void Removes_token_from_message_of_sts()
    {
        SetOidc("test-token");
        Route.Answer = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeRegistry.Reject(HttpStatusCode.BadRequest, "Invalid", "The token test-token is wrong."));

        Assert.Equal("OIDC: AssumeRoleWithOIDC was rejected: The token *** is wrong.", Rejection());
    }

    [Fact]
    public void Ends_chain_if_sts_is_unreachable()
    {
        SetOidc("test-token");
        Route.Cut(Sts);

        Assert.Equal("OIDC: AssumeRoleWithOIDC could not connect to 'sts.aliyuncs.com': No route to host.", Rejection());
        Assert.Empty(Route.CallsTo(Metadata));
    }

    [Theory]
    [InlineData("<html>test-secret</html>", "it is not a credential in JSON")]
    [InlineData("null", "it is 'null'")]
    [InlineData("{}", "it has no Credentials")]
    [InlineData("""{"Credentials": {"AccessKeyId": "a", "AccessKeySecret": "test-secret"}}""", "it has no SecurityToken")]
    [InlineData("""{"Credentials": {"AccessKeyId": "a", "AccessKeySecret": "test-secret", "SecurityToken": "test-token", "Expiration": "soon"}}""", "its Expiration is missing or invalid")]
    [InlineData("""{"Credentials": {"AccessKeyId": "a b", "AccessKeySecret": "test-secret", "SecurityToken": "test-token", "Expiration": "2099-01-01T00:00:00Z"}}""", "its AccessKeyId is not valid")]
    public void Reports_reply_of_sts_without_credential(string body, string problem)
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}"));
        Route.Answer = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeRegistry.Reply(HttpStatusCode.OK, body));

        Assert.EndsWith($": The reply to AssumeRole is not usable because {problem}.", Rejection(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_credential_that_is_already_expired()
    {
        SetOidc("test-token");
        Now = DateTimeOffset.UtcNow.AddDays(1);

        Assert.Contains("according to this computer's clock. Check the clock.", Rejection(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Code": "Failed"}""", "Credentials URI: The reply to the request for a credential is not usable because its Code is not 'Success'.")]
    [InlineData("""{"Code": "Success", "AccessKeyId": "a", "AccessKeySecret": "test-secret"}""", "Credentials URI: The reply to the request for a credential is not usable because it has no SecurityToken.")]
    public void Reports_failed_credentials_uri(string body, string message)
    {
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost/credentials");
        Route.Answer = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeRegistry.Reply(HttpStatusCode.OK, body));

        Assert.Equal(message, Rejection());
    }

    private string SetOidc(string? token)
    {
        var file = Path.Combine(Environment.Home, "token");
        if (token is not null) TestEnvironment.Write(file, token);
        Environment.Set("ALIBABA_CLOUD_ROLE_ARN", RoleArn);
        Environment.Set("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/test");
        Environment.Set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", file);
        return file;
    }
}
