using System.Net;
using System.Text.Json.Nodes;

namespace CrRegistry.Emulator.Tests;

/// <summary>Temporary keys: their creation, and their use with their token until they expire.</summary>
public sealed class TemporaryKeyTests : IAsyncLifetime
{
    private readonly MovableClock _clock = new();
    private EmulatorServer _server = null!;

    public async Task InitializeAsync() => _server = await EmulatorServer.StartAsync(new EmulatorOptions { TimeProvider = _clock });

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Accepts_temporary_key_with_token_until_it_expires(bool v3)
    {
        JsonNode key = (await GetAsync("/credentials")).Json;
        string token = (string)key["SecurityToken"]!;

        (await CallAsync(v3, key, token)).ShouldBe(HttpStatusCode.OK, "success");
        (await CallAsync(v3, key, null)).ShouldBe(HttpStatusCode.BadRequest, "MissingSecurityToken");
        (await CallAsync(v3, key, "another")).ShouldBe(HttpStatusCode.BadRequest, "InvalidSecurityToken.Malformed");
        _clock.Now = _clock.Now.AddHours(6);
        (await CallAsync(v3, key, token)).ShouldBe(HttpStatusCode.BadRequest, "InvalidSecurityToken.Expired");
    }

    [Fact]
    public async Task Rejects_token_with_permanent_key()
    {
        var key = new JsonObject { ["AccessKeyId"] = _server.AccessKeyId, ["AccessKeySecret"] = _server.AccessKeySecret };

        (await CallAsync(v3: true, key, "another")).ShouldBe(HttpStatusCode.BadRequest, "InvalidSecurityToken.Malformed");
    }

    [Fact]
    public async Task Rejects_unsigned_token()
    {
        JsonNode key = (await GetAsync("/credentials")).Json;
        using HttpRequestMessage request = CallerOf(key, null).V3(HttpMethod.Get, "ListInstance", []);
        request.Headers.Add("x-acs-security-token", (string)key["SecurityToken"]!);

        (await SignedCaller.SendAsync(request)).ShouldBe(HttpStatusCode.BadRequest, "IncompleteSignature");
    }

    [Theory]
    [InlineData("RoleArn", "admin", "InvalidParameter.RoleArn")]
    [InlineData("RoleArn", "", "MissingRoleArn")]
    [InlineData("RoleSessionName", "a b", "InvalidParameter.RoleSessionName")]
    [InlineData("DurationSeconds", "899", "InvalidParameter.DurationSeconds")]
    [InlineData("OIDCToken", "", "MissingOIDCToken")]
    public async Task Sts_rejects_invalid_parameters(string parameter, string value, string code)
    {
        var answer = await AssumeRoleWithOidcAsync(HttpMethod.Post, parameter, value);

        Assert.Equal(code, answer.Code);
    }

    [Fact]
    public async Task Sts_returns_key_for_token_without_signature()
    {
        var answer = await AssumeRoleWithOidcAsync(HttpMethod.Post, "DurationSeconds", "900");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(answer.RequestId, (string)answer.Json["RequestId"]!);
        Assert.Equal("2026-01-02T03:19:05Z", (string)answer.Json["Credentials"]!["Expiration"]!);
        Assert.Equal("acs:ram::1:assumed-role/test-role/test", (string)answer.Json["AssumedRoleUser"]!["Arn"]!);
        Assert.DoesNotContain("OIDCToken", _server.Requests[0].Parameters.Keys);
    }

    [Fact]
    public async Task Sts_accepts_token_only_by_POST() =>
        Assert.Equal("UnsupportedHTTPMethod", (await AssumeRoleWithOidcAsync(HttpMethod.Get, "DurationSeconds", "900")).Code);

    [Fact]
    public async Task Metadata_service_requires_valid_token_or_none()
    {
        const string Path = "/latest/meta-data/ram/security-credentials/";
        using var put = new HttpRequestMessage(HttpMethod.Put, new Uri(_server.Address, "/latest/api/token"));
        Assert.Equal(HttpStatusCode.BadRequest, (await SendTextAsync(put)).Status);
        using var second = new HttpRequestMessage(HttpMethod.Put, new Uri(_server.Address, "/latest/api/token"));
        second.Headers.Add("X-aliyun-ecs-metadata-token-ttl-seconds", "21600");
        string token = (await SendTextAsync(second)).Body;

        Assert.Equal("EmulatorRole", (await GetTextAsync(Path, token)).Body);
        Assert.Equal("EmulatorRole", (await GetTextAsync(Path, null)).Body);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetTextAsync(Path, "another")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetTextAsync(Path + "other", token)).Status);
        Assert.Equal("Success", (await GetAsync(Path + "EmulatorRole")).Code);
    }

    private SignedCaller CallerOf(JsonNode key, string? token) => new(_server)
    {
        AccessKeyId = (string)key["AccessKeyId"]!,
        AccessKeySecret = (string)key["AccessKeySecret"]!,
        SecurityToken = token,
        Date = _clock.Now,
    };

    private async Task<Answer> CallAsync(bool v3, JsonNode key, string? token)
    {
        var caller = CallerOf(key, token);
        using HttpRequestMessage request = v3 ? caller.V3(HttpMethod.Get, "ListInstance", []) : caller.Rpc(HttpMethod.Get, "ListInstance", []);
        return await SignedCaller.SendAsync(request);
    }

    private async Task<Answer> AssumeRoleWithOidcAsync(HttpMethod method, string changed, string value)
    {
        var query = new Dictionary<string, string> { ["Action"] = "AssumeRoleWithOIDC", ["Version"] = "2015-04-01", ["Timestamp"] = "2026-01-02T03:04:05Z" };
        var form = new Dictionary<string, string>
        {
            ["RoleArn"] = "acs:ram::1:role/test-role",
            ["RoleSessionName"] = "test",
            ["OIDCProviderArn"] = "acs:ram::1:oidc-provider/test",
            ["OIDCToken"] = "test-token",
        };
        (query.ContainsKey(changed) ? query : form)[changed] = value;
        string text = string.Join('&', query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        using var request = new HttpRequestMessage(method, new Uri(_server.Address, "/?" + text));
        if (method == HttpMethod.Post)
            request.Content = new FormUrlEncodedContent(form);
        return await SignedCaller.SendAsync(request);
    }

    private Task<Answer> GetAsync(string path) => GetTextAsync(path, null);

    private async Task<Answer> GetTextAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Address, path));
        if (token is not null)
            request.Headers.Add("X-aliyun-ecs-metadata-token", token);
        return await SendTextAsync(request);
    }

    private static Task<Answer> SendTextAsync(HttpRequestMessage request) => SignedCaller.SendAsync(request);
}
