using System.Text;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>The INI file of the official SDKs is read as they read it. Only the requested section is checked.</summary>
public sealed class IniFileTests : ChainTest
{
    private const string Default = "[default]\ntype = access_key\naccess_key_id = test-id\naccess_key_secret = test-secret\n";

    [Theory]
    [InlineData("[default]\ntype = \"access_key\"\naccess_key_id = \"test-id\"\naccess_key_secret = \"test-secret\"\n")]
    [InlineData("[default]\ntype='access_key'\naccess_key_id='test-id'\naccess_key_secret='test-secret'\n")]
    [InlineData("[default]\ntype = access_key\naccess_key_id = \"test-id\" ; mine\naccess_key_secret = 'test-secret' # mine, and \"quoted\"\n")]
    [InlineData("[default]\ntype: access_key\naccess_key_id: test-id\naccess_key_secret :test-secret\n")]
    [InlineData("[default]\ntype = access_key\naccess_key_id : \"test-id\"\naccess_key_secret=test-secret\n")]
    [InlineData("[ default ] ; mine\r\nTYPE = access_key\r\nAccess_Key_Id = test-id\r\naccess_key_secret = test-secret\r\n")]
    public void Reads_quotation_marks_and_both_delimiters(string text)
    {
        TestEnvironment.Write(Environment.CredentialsFile, text);

        AssertLists();
    }

    [Theory]
    [InlineData("", "\n[other]\nthis is no pair\n")]
    [InlineData("[other]\nthis is no pair\n", "")]
    [InlineData("<<<<<<< HEAD\n", "\n=======\n")]
    [InlineData("type = access_key\naccess_key_id = other\naccess_key_secret = other\n", "")]
    [InlineData("[other\naccess_key_id = other\n", "")]
    [InlineData("", "[other\naccess_key_id = other\naccess_key_secret = other\n")]
    [InlineData("= x\n", "")]
    public void Ignores_invalid_lines_of_other_sections(string before, string after)
    {
        TestEnvironment.Write(Environment.CredentialsFile, before + Default + (after.StartsWith("\n=", StringComparison.Ordinal) ? "[other]" + after : after));

        AssertLists();
    }

    [Theory]
    [InlineData(Default + "this is no pair\n", "line 5 is neither a [section] nor a key = value.")]
    [InlineData("this is no pair\n[other]\ntype = access_key\n", "line 1 is neither a [section] nor a key = value.")]
    public void Rejects_invalid_line_that_may_belong_to_section(string text, string problem)
    {
        TestEnvironment.Write(Environment.CredentialsFile, text);

        Assert.Equal($"The file '{Environment.CredentialsFile}' is not an INI file, because {problem}", Rejection());
    }

    [Fact]
    public void Reads_a_file_with_a_comment_in_another_encoding()
    {
        TestEnvironment.Write(Environment.CredentialsFile, "");
        // A comment in GBK.
        File.WriteAllBytes(Environment.CredentialsFile, [.. "# "u8, 0xC3, 0xDC, 0xD4, 0xBF, .. Encoding.ASCII.GetBytes("\n" + Default)]);

        AssertLists();
    }

    [Fact]
    public void Rejects_key_in_another_encoding()
    {
        TestEnvironment.Write(Environment.CredentialsFile, "");
        File.WriteAllBytes(Environment.CredentialsFile, [.. Encoding.ASCII.GetBytes(Default.Replace("test-secret", "x", StringComparison.Ordinal).TrimEnd()), 0xC3, 0xDC, (byte)'\n']);

        Assert.Contains("has an access_key_secret with an invalid character", Rejection(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("policy = '{\"Version\": \"1\"}'", "{\"Version\": \"1\"}")]
    [InlineData("policy = \"{\\\"Version\\\": \\\"1\\\"}\"", "{\"Version\": \"1\"}")]
    [InlineData("policy = {\"Version\": \"1\"}", "{\"Version\": \"1\"}")]
    [InlineData("policy = \"a # b\" # c", "a # b")]
    [InlineData("policy = \"a", "\"a")]
    [InlineData("policy = a\"b\"", "a\"b\"")]
    public void Removes_the_quotation_marks_around_a_value_only(string line, string policy)
    {
        TestEnvironment.Write(Environment.CredentialsFile, Default.Replace("= access_key\n", $"= ram_role_arn\nrole_arn = {RoleArn}\n{line}\n", StringComparison.Ordinal));

        AssertLists();
        Assert.Equal(policy, Emulator.Requests[0].Parameters["Policy"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# mine\n")]
    [InlineData("[default]\n")]
    [InlineData("[default]\ntype =\naccess_key_id =\n")]
    [InlineData("[default]\ntype = access_key\naccess_key_id =\naccess_key_secret = \"\"\n")]
    public void Continues_chain_after_empty_section(string text)
    {
        TestEnvironment.Write(Environment.CredentialsFile, text);
        Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost/credentials");

        AssertLists();
    }

    [Fact]
    public void Reads_a_token_of_an_identity_provider()
    {
        var file = TestEnvironment.Write(Path.Combine(Environment.Home, "token"), "test-token");
        TestEnvironment.Write(
            Environment.CredentialsFile, $"[default]\ntype = oidc_role_arn\nrole_arn = {RoleArn}\noidc_provider_arn = acs:ram::1:oidc-provider/test\noidc_token_file_path = {file}\n");

        AssertLists();
        Assert.Equal(["POST sts.aliyuncs.com/AssumeRoleWithOIDC", "GET 127.0.0.1/ListRepoTag"], Route.Calls);
    }

    [Theory]
    [InlineData("sts_region = cn-a\nenable = true\n", "sts-vpc.cn-a.aliyuncs.com")]
    [InlineData("sts_region = cn-a\nenable = false\n", "sts.cn-a.aliyuncs.com")]
    [InlineData("enable = true\n", "sts.aliyuncs.com")]
    public void Chooses_the_host_of_sts_as_the_sdk_for_csharp(string lines, string host)
    {
        TestEnvironment.Write(Environment.CredentialsFile, Default.Replace("= access_key\n", $"= ram_role_arn\nrole_arn = {RoleArn}\n{lines}", StringComparison.Ordinal));

        AssertLists();
        Assert.Single(Route.CallsTo(host + "/"));
    }

    [Fact]
    public void Uses_role_and_session_name_of_environment()
    {
        TestEnvironment.Write(Environment.CredentialsFile, Default.Replace("= access_key\n", "= ram_role_arn\n", StringComparison.Ordinal));
        Environment.Set("ALIBABA_CLOUD_ROLE_ARN", RoleArn);
        Environment.Set("ALIBABA_CLOUD_ROLE_SESSION_NAME", "nightly");

        AssertLists();
        Assert.Equal((RoleArn, "nightly"), (Emulator.Requests[0].Parameters["RoleArn"], Emulator.Requests[0].Parameters["RoleSessionName"]));
    }
}
