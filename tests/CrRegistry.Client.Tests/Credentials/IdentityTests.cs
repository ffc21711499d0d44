using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using CrRegistry.Client.Credentials;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>
/// The folders and environments of tests/OfficialClients/identities.json, with the identity that the official client uses. The module uses the
/// same identity, or the file contains the difference and its reason.
/// </summary>
public sealed class IdentityTests : IDisposable
{
    private static readonly JsonArray s_cases = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "identities.json")))!.AsArray();

    private readonly TestEnvironment _environment = new();
    private readonly string _before = Environment.CurrentDirectory;
    private readonly string _current = Directory.CreateTempSubdirectory("crregistry-current").FullName;

    public static TheoryData<string> Names { get; } = [.. s_cases.Select(sample => (string)sample!["name"]!)];

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_current, recursive: true);
        _environment.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Signs_with_expected_identity(string name)
    {
        var sample = s_cases.Single(sample => (string)sample!["name"]! == name)!;
        var expected = sample["module"] ?? sample["official"]!;
        Prepare(sample);

        var outcome = await FindAsync((string?)sample["profile"]);

        // The messages of the official client are different, so that only the fact of an error is compared.
        if (expected["error"] is { } error && error.GetValueKind() == JsonValueKind.String)
            Assert.Contains(Filled((string)error!), (string?)outcome["error"], StringComparison.Ordinal);
        else if (expected["error"] is not null)
            Assert.NotNull(outcome["error"]);
        else
            Assert.Equal(expected.ToJsonString(), outcome.ToJsonString());
        Assert.DoesNotContain("-secret", (string?)outcome["error"] ?? "", StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_current, "sprung*"));
    }

    [Fact]
    public void Help_has_reason_of_each_difference()
    {
        Assert.True(s_cases.Count >= 150, "Too few.");
        Assert.All(s_cases.Where(sample => sample!["why"] is not null), sample => Assert.Contains((string)sample!["why"]!, Page(), StringComparison.Ordinal));
        Assert.All(s_cases, sample => Assert.Equal(sample!["module"] is not null, sample["why"] is not null));
        Assert.All(s_cases, sample => Assert.NotEqual(sample!["official"]!.ToJsonString(), sample["module"]?.ToJsonString()));
    }

    [Fact]
    public void Help_lists_exactly_the_variables()
    {
        string[] read = [.. typeof(CredentialVariable).GetFields().Select(field => (string)field.GetValue(null)!),
            .. typeof(CredentialVariable).GetProperties().SelectMany(property => (string[])property.GetValue(null)!)];
        string[] notRead = ["ALIBABA_CLOUD_ENDPOINT", "ALIBABA_CLOUD_BEARER_TOKEN", "ALIBABA_CLOUD_PROFILE_MODE"];
        string[] prefixes = ["ALIBABA_CLOUD_", "ALIBABACLOUD_", "ALICLOUD_"];
        string[] others = ["HOME", "HOMEDRIVE", "HOMEPATH", "USERPROFILE", "PATH"];
        string[] named = [.. Regex.Matches(Page(), "[A-Z]+(_[A-Z0-9]*)+").Select(match => match.Value).Distinct()];

        // A name without its prefix represents all three.
        Assert.All(read, variable => Assert.True(Page().Contains(variable, StringComparison.Ordinal) || prefixes.Any(prefix => named.Contains(variable.Replace(prefix, "", StringComparison.Ordinal))), variable));
        Assert.All(named.Except(prefixes).Except(others), variable => Assert.Contains(variable, read.Concat(notRead)));
    }

    [Fact]
    public void Help_lists_each_mode_and_each_has_a_case()
    {
        foreach (var mode in new[] { "AK", "StsToken", "RamRoleArn", "ChainableRamRoleArn", "EcsRamRole", "RamRoleArnWithRoleName", "OIDC", "CredentialsURI", "External", "CloudSSO", "OAuth", "RsaKeyPair", "BearerToken", "Anonymous" })
        {
            Assert.Matches($"- {mode}[:, ]|, {mode} |and {mode} are", Page());
            Assert.Contains(s_cases, sample => sample!["files"]?.ToJsonString().Contains($"\"mode\":\"{mode}\"", StringComparison.Ordinal) == true);
        }
    }

    private static string Page() => Regex.Replace(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "about_CrRegistry_Credentials.md")), @"\s+", " ");

    private void Prepare(JsonNode sample)
    {
        foreach (var (file, content) in sample["files"]?.AsObject() ?? [])
            TestEnvironment.Write(Path.Combine(_environment.Home, file), Filled(content!.GetValueKind() == JsonValueKind.String ? (string)content! : content.ToJsonString()));
        const string Key = "\"access_key_id\": \"trap-id\", \"access_key_secret\": \"trap-secret\"";
        var config = $$"""{"current": "p", "profiles": [{"name": "p", "mode": "AK", {{Key}}}, {"name": "default", "mode": "AK", {{Key}}}]}""";
        foreach (var file in new[] { ".aliyun/config.json", "config.json", "relative/.aliyun/config.json" }) TestEnvironment.Write(Path.Combine(_current, file), config);
        foreach (var file in new[] { ".alibabacloud/credentials", "credentials" })
            TestEnvironment.Write(Path.Combine(_current, file), "[default]\ntype = access_key\naccess_key_id = trap-id\naccess_key_secret = trap-secret\n");
        TestEnvironment.Write(Path.Combine(_current, "token"), "trap");
        foreach (var program in new[] { "trap", "trap-get-credential" })
        {
            var path = TestEnvironment.Write(Path.Combine(_current, program), $"#!/bin/sh\ntouch '{_current}/sprung'\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Environment.CurrentDirectory = _current;
        if ((string?)sample["home"] is { } home) _environment.Set("HOME", home == "relative" ? home : Path.Combine(_environment.Home, home));
        foreach (var (variable, value) in sample["env"]?.AsObject() ?? []) _environment.Set(variable, value is null ? null : Filled((string)value!));
    }

    private string Filled(string text) => text.Replace("{home}", _environment.Home, StringComparison.Ordinal);

    private static async Task<JsonObject> FindAsync(string? profile)
    {
        var network = new StubNetwork();
        var options = new CrConnectionOptions { ProfileName = profile, MessageHandler = network, RetryPolicy = new RetryPolicy(new TestClock()) };
        var provider = new RefreshingCredentialProvider(CredentialChain.For(options), options.Clock);
        try
        {
            var credential = await provider.GetAsync(CancellationToken.None);
            var outcome = new JsonObject { ["id"] = credential.AccessKeyId };
            if (credential.SecurityToken is not (null or StubNetwork.Token)) outcome["token"] = credential.SecurityToken;
            if (credential.SecurityToken == StubNetwork.Token && network.LastHost is { } host) outcome["host"] = host;
            return outcome;
        }
        catch (CrApiException failure)
        {
            return new JsonObject { ["error"] = failure.Message };
        }
    }

    /// <summary>All services that return a temporary credential, as in identities.mjs.</summary>
    private sealed class StubNetwork : HttpMessageHandler
    {
        public const string Token = "stub-token";

        public string? LastHost { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var uri = request.RequestUri!;
            LastHost = uri.Host;
            var query = HttpUtility.ParseQueryString(uri.Query);
            var form = HttpUtility.ParseQueryString(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
            var bearer = request.Headers.Authorization?.Parameter;
            var last = uri.Segments[^1].TrimEnd('/');
            return uri.Host switch
            {
                "100.100.100.200" when request.Method == HttpMethod.Put => Reply("metadata-token"),
                "100.100.100.200" when uri.AbsolutePath.EndsWith('/') => Reply("attached"),
                "100.100.100.200" => last == "gone" ? Reply("<html>404</html>", HttpStatusCode.NotFound) : Reply(Temporary($"STS.instance>{last}", "Success").ToJsonString()),
                "localhost" => ReplyOfUri(uri.AbsolutePath),
                "signin.example.com" => Reply(new JsonObject { ["CloudCredential"] = Temporary($"STS.sso>{bearer}") }.ToJsonString()),
                "oauth.aliyun.com" or "oauth.alibabacloud.com" when last == "token" =>
                    Reply($$"""{"access_token": "renewed-by-{{form["refresh_token"]}}", "refresh_token": "next", "expires_in": 3600}"""),
                "oauth.aliyun.com" or "oauth.alibabacloud.com" =>
                    Reply($$"""{"accessKeyId": "STS.oauth>{{bearer}}", "accessKeySecret": "stub-secret", "securityToken": "{{Token}}", "expiration": "2099-01-01T00:00:00Z"}"""),
                _ when uri.Host.StartsWith("sts", StringComparison.Ordinal) => Reply(new JsonObject { ["Credentials"] = OfRole(request, query, form) }.ToJsonString()),
                _ => throw new HttpRequestException("No route to host"),
            };
        }

        private static JsonObject OfRole(HttpRequestMessage request, System.Collections.Specialized.NameValueCollection query, System.Collections.Specialized.NameValueCollection form)
        {
            if (query["Action"] == "AssumeRoleWithOIDC") return Temporary($"STS.{form["OIDCToken"]}>{form["RoleArn"]!.Split('/')[^1]}");
            var source = request.Headers.GetValues("Authorization").Single().Split("Credential=")[1].Split(',')[0];
            return Temporary($"STS.{source}>{query["RoleArn"]!.Split('/')[^1]}");
        }

        private static HttpResponseMessage ReplyOfUri(string path)
        {
            var body = Temporary($"STS.uri>{path}", path == "/other-code" ? "Other" : "Success");
            if (path == "/no-code") body.Remove("Code");
            if (path == "/no-expiration") body.Remove("Expiration");
            if (path == "/no-token") body.Remove("SecurityToken");
            return Reply(body.ToJsonString(), path == "/rejects" ? HttpStatusCode.Forbidden : HttpStatusCode.OK);
        }

        private static JsonObject Temporary(string id, string? code = null)
        {
            var fields = new JsonObject { ["AccessKeyId"] = id, ["AccessKeySecret"] = "stub-secret", ["SecurityToken"] = Token, ["Expiration"] = "2099-01-01T00:00:00Z" };
            if (code is not null) fields["Code"] = code;
            return fields;
        }

        private static HttpResponseMessage Reply(string body, HttpStatusCode status = HttpStatusCode.OK) => FakeRegistry.Reply(status, body);
    }
}
