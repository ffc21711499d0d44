using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>No output contains a secret, independent of the source of a credential and its failure.</summary>
public sealed class SecretSourceTests : SecretTest
{
    private const string Commands = "Connect-CrRegistry cn-test -HttpMessageHandler $route; Get-CrRepoTag crr-planted -InstanceId cri-planted";

    private readonly List<string> _calls = [];

    [Theory]
    [InlineData("environment")]
    [InlineData("configuration")]
    [InlineData("StsToken")]
    [InlineData("credentials file")]
    [InlineData("External")]
    [InlineData("RamRoleArn")]
    [InlineData("OIDC")]
    [InlineData("metadata")]
    [InlineData("credentials URI")]
    public void Service_rejects_and_quotes_credential_of_source(string source)
    {
        PlantSource(source);
        Route.Answer = (request, _) => AnswerAsync(request, reject: false);

        AssertTellsNothing(Commands, "crr-planted");

        Assert.Contains(_calls, call => call.Contains("ListRepoTag", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("RamRoleArn")]
    [InlineData("OIDC")]
    [InlineData("metadata")]
    [InlineData("credentials URI")]
    public void Source_rejects_and_quotes_request(string source)
    {
        PlantSource(source);
        Route.Answer = (request, _) => AnswerAsync(request, reject: true);

        AssertTellsNothing(Commands, "Quoted");
    }

    [Theory]
    [InlineData("RamRoleArn")]
    [InlineData("OIDC")]
    [InlineData("metadata")]
    [InlineData("credentials URI")]
    public void Source_is_unreachable(string source)
    {
        PlantSource(source);
        Route.Answer = async (request, _) => throw new HttpRequestException($"No way to {request.RequestUri} with {request.Headers}{await BodyOf(request)}") { Data = { ["request"] = request } };

        AssertTellsNothing(Commands, "crr-planted");
    }

    [Theory]
    [InlineData("RamRoleArn")]
    [InlineData("OIDC")]
    [InlineData("metadata")]
    [InlineData("credentials URI")]
    public void Source_returns_invalid_reply(string source)
    {
        PlantSource(source);
        Route.Answer = async (request, _) => FakeReply(HttpStatusCode.OK, $"{{\"Code\": t{request.RequestUri} {request.Headers} {await BodyOf(request)}");

        AssertTellsNothing(Commands, "crr-planted");
    }

    [Theory]
    [InlineData("{\"profiles\": [{\"name\": \"default\", \"mode\": \"AK\", \"access_key_id\": \"a\", \"access_key_secret\": t{0}")]
    [InlineData("{\"profiles\": [{\"name\": \"default\", \"mode\": \"AK\", \"access_key_id\": \"a\", \"access_key_secret\": [\"{0}\"]}]}")]
    [InlineData("{\"profiles\": [{\"name\": \"default\", {0}}]}")]
    [InlineData("{\"profiles\": [{\"name\": \"default\", \"mode\": \"AK\", \"access_key_secret\": \"{0}\"}]}")]
    [InlineData("{\"profiles\": [{\"name\": \"default\", \"mode\": \"RamRoleArn\", \"access_key_id\": \"a\", \"access_key_secret\": \"{0}\"}]}")]
    public void Configuration_is_invalid_at_secret(string text)
    {
        PlantFile(Environment.ConfigFile, text.Replace("{0}", Plant("config.json", "planted-config-secret-1"), StringComparison.Ordinal));

        AssertTellsNothing(Commands, Environment.ConfigFile);
        AssertTellsNothing("Connect-CrRegistry -ProfileName default", "default");
    }

    [Theory]
    [InlineData("[default]\ntype = access_key\n{0}\n")]
    [InlineData("[default]\ntype = access_key\naccess_key_secret: {0}\n")]
    [InlineData("[default]\ntype = access_key\n= {0}\n")]
    [InlineData("[default]\ntype = access_key\naccess_key_secret = {0}\n")]
    public void Credentials_file_is_invalid_at_secret(string text)
    {
        PlantFile(Environment.CredentialsFile, text.Replace("{0}", Plant("the INI file", "planted-ini-secret-1"), StringComparison.Ordinal));

        AssertTellsNothing(Commands, Environment.CredentialsFile);
    }

    [Theory]
    [InlineData("echo {0}; echo {0} >&2; exit 3", "exited with code 3")]
    [InlineData("echo {0}; echo {0} >&2", "did not write")]
    [InlineData("echo '{\"mode\": \"StsToken\", \"access_key_id\": \"a\", \"access_key_secret\": \"{0}\"}'", "sts_token")]
    public void Program_fails_and_prints_secret(string script, string told)
    {
        WriteProgram(script.Replace("{0}", Plant("the program", "planted-program-secret"), StringComparison.Ordinal));

        AssertTellsNothing(Commands, told);
    }

    [Theory]
    [InlineData("/gone/program --password {0}", "/gone/program")]
    [InlineData("PASSWORD={0} program", "PASSWORD=***")]
    [InlineData("program '{0}", "an unclosed quote")]
    public void Program_is_missing(string command, string told)
    {
        var line = command.Replace("{0}", Plant("the command", "planted-command-secret"), StringComparison.Ordinal);
        WriteConfig("External", $"\"process_command\": {JsonSerializer.Serialize(line)}");

        AssertTellsNothing(Commands, told);
    }

    [Fact]
    public async Task Proxy_of_environment_has_password()
    {
        using var proxy = EchoingService.Start("proxy");
        var script = $$"""
            Import-Module '{{Paths.Staging}}'; $VerbosePreference = $DebugPreference = 'Continue'
            try { Get-CrRepoTag crr-planted -Endpoint https://cr.cn-test.invalid -InstanceId cri-planted -ErrorAction Stop *>&1 | ForEach-Object { "$_" } }
            catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.Message; $_.Exception.ToString() }
            """;

        var address = $"http://someone:{Plant("HTTPS_PROXY", "planted-proxy-password")}@{proxy.Endpoint.Authority}";

        var run = await BareHostRun.OfAsync(
            script, ("HTTPS_PROXY", address), ("https_proxy", address), ("NO_PROXY", ""), ("no_proxy", ""),
            ("ALIBABA_CLOUD_ACCESS_KEY_ID", KeyId), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", KeySecret), ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"));

        Assert.Empty(Secrets.In(run.Output));
        Assert.True(run.Output.Contains("ProxyAuthenticationRequired", StringComparison.Ordinal), run.Output);
    }

    private async Task<HttpResponseMessage?> AnswerAsync(HttpRequestMessage request, bool reject)
    {
        _calls.Add(request.RequestUri + request.Headers.ToString());
        var host = request.RequestUri!.Host;
        var path = request.RequestUri.AbsolutePath;
        if (host.StartsWith("cr.", StringComparison.Ordinal) || (reject && path != "/latest/api/token"))
        {
            var said = $"Quoted: {WebUtility.UrlDecode(request.RequestUri.AbsoluteUri)} {request.RequestUri} {request.Headers} {await BodyOf(request)}";
            return FakeReply(HttpStatusCode.BadRequest, new JsonObject { ["Code"] = "Rejected", ["Message"] = said, ["Recommend"] = "https://example.invalid/?" + said }.ToJsonString());
        }

        if (path == "/latest/api/token") return FakeReply(HttpStatusCode.OK, Plant("the token of the metadata", "planted-metadata-token"));
        if (path.EndsWith("security-credentials/", StringComparison.Ordinal)) return FakeReply(HttpStatusCode.OK, "role");
        var fields = new JsonObject
        {
            ["Code"] = "Success",
            ["AccessKeyId"] = "planted-temporary-id",
            ["AccessKeySecret"] = Plant("the temporary secret", "planted/temporary+secret=1"),
            ["SecurityToken"] = Plant("the temporary token", "planted/temporary.token+1=1"),
            ["Expiration"] = "2099-01-01T00:00:00Z",
        };
        return FakeReply(HttpStatusCode.OK, (host.StartsWith("sts", StringComparison.Ordinal) ? new JsonObject { ["Credentials"] = fields } : fields).ToJsonString());
    }

    private static HttpResponseMessage FakeReply(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };

    private static async Task<string> BodyOf(HttpRequestMessage request) =>
        request.Content is { } content ? await content.ReadAsStringAsync() is var body ? body + " " + WebUtility.UrlDecode(body) : "" : "";

    private void PlantSource(string source)
    {
        var secret = Plant($"the secret of the {source}", $"planted/{source.Length}+source=secret");
        var token = Plant($"the token of the {source}", $"planted.{source.Length}/source+token=1");
        switch (source)
        {
            case "environment":
                Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_ID", "planted-id");
                Environment.Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", secret);
                Environment.Set("ALIBABA_CLOUD_SECURITY_TOKEN", token);
                break;
            case "configuration": WriteConfig("AK", $"\"access_key_id\": \"planted-id\", \"access_key_secret\": \"{secret}\", \"sts_token\": \"{token}\""); break;
            case "StsToken": WriteConfig("StsToken", $"\"access_key_id\": \"planted-id\", \"access_key_secret\": \"{secret}\", \"sts_token\": \"{token}\""); break;
            case "RamRoleArn": WriteConfig("RamRoleArn", $"\"access_key_id\": \"planted-id\", \"access_key_secret\": \"{secret}\", \"sts_token\": \"{token}\", \"ram_role_arn\": \"acs:ram::1:role/x\""); break;
            case "credentials file": PlantFile(Environment.CredentialsFile, $"[default]\ntype = access_key\naccess_key_id = planted-id\naccess_key_secret = {secret}\n"); break;
            case "External": WriteProgram($$"""echo '{"mode": "StsToken", "access_key_id": "planted-id", "access_key_secret": "{{secret}}", "sts_token": "{{token}}"}'"""); break;
            case "OIDC":
                Environment.Set("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/x");
                Environment.Set("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/x");
                Environment.Set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", PlantFile(Path.Combine(Environment.Home, "token"), token));
                break;
            case "metadata":
                Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", null);
                Environment.Set("ALIBABA_CLOUD_ECS_METADATA", "role");
                break;
            case "credentials URI":
                Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", $"http://someone:{Uri.EscapeDataString(secret)}@localhost/credentials?token={Uri.EscapeDataString(token)}");
                break;
        }
    }

    private void WriteProgram(string script) => WriteConfig(
        "External", $"\"process_command\": {JsonSerializer.Serialize("/bin/sh " + PlantFile(Path.Combine(Environment.Home, "program"), script + "\n"))}");

    private void WriteConfig(string mode, string fields) =>
        PlantFile(Environment.ConfigFile, $$"""{"profiles": [{"name": "default", "mode": "{{mode}}", {{fields}}}]}""");
}
