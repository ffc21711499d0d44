using System.Net;
using System.Text.Json.Nodes;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>The tokens of an aliyun CLI sign-in are used, and renewed in memory as in the official SDKs.</summary>
public sealed class SignInTests : ChainTest
{
    private const string CloudSso = """
         "cloud_sso_sign_in_url": "https://signin.example.com/start/login", "cloud_sso_account_id": "1", "cloud_sso_access_config": "ac-1", "access_token": "test-token-sso"
        """;

    private readonly List<string> _bodies = [];
    private readonly List<string?> _authorizations = [];

    private JsonNode? _credential;

    [Theory]
    [InlineData("\"sts_expiration\": {past}, ")]
    [InlineData("\"sts_expiration\": 0, ")]
    [InlineData("")]
    public void Renews_a_credential_of_CloudSSO(string fields)
    {
        WriteConfig(Profile("CloudSSO", Times($"{Key}, \"sts_token\": \"ended\", {fields} {CloudSso}, \"cloud_sso_access_token_expire\": {{future}}")));
        AnswerCloudSso();
        var before = File.ReadAllText(Environment.ConfigFile);

        AssertLists();
        Assert.Equal(["POST signin.example.com/cloud-credentials", "GET 127.0.0.1/ListRepoTag"], Route.Calls);
        Assert.Equal("""{"AccountId":"1","AccessConfigurationId":"ac-1"}""", Assert.Single(_bodies));
        Assert.Equal("Bearer test-token-sso", Assert.Single(_authorizations));
        Assert.Equal(before, File.ReadAllText(Environment.ConfigFile));
    }

    [Fact]
    public void Uses_a_credential_of_CloudSSO_until_it_expires()
    {
        AnswerCloudSso();
        WriteConfig(Profile("CloudSSO", Times($"{LentFields()}, \"sts_expiration\": {{future}}, {CloudSso}, \"cloud_sso_access_token_expire\": {{past}}")));

        AssertLists();
        Assert.Empty(Route.CallsTo("signin"));
    }

    [Theory]
    [InlineData("2147483647")]
    [InlineData("2147483648")]
    [InlineData("253402300799")]
    public void Accepts_an_expiration_after_2038(string seconds)
    {
        LendCredential();
        WriteConfig(Profile("CloudSSO", $"{LentFields()}, \"sts_expiration\": {seconds}"));

        AssertLists();
    }

    [Theory]
    [InlineData("253402300800")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("-1")]
    public void Treats_an_expiration_that_is_not_a_date_as_expired(string seconds)
    {
        LendCredential();
        WriteConfig(Profile("CloudSSO", $"{LentFields()}, \"sts_expiration\": {seconds}"));

        Assert.Contains("has no CloudSSO credential or token that is still valid.", Rejection(), StringComparison.Ordinal);
    }

    [Fact]
    public void Assumes_a_role_from_CloudSSO()
    {
        WriteConfig(
            Profile("ChainableRamRoleArn", $"\"ram_role_arn\": \"{RoleArn}\", \"source_profile\": \"b\""),
            Profile("CloudSSO", Times($"{CloudSso}, \"cloud_sso_access_token_expire\": {{future}}"), "b"));
        AnswerCloudSso();

        AssertLists();
        Assert.Equal(["POST signin.example.com/cloud-credentials", "GET sts.aliyuncs.com/AssumeRole", "GET 127.0.0.1/ListRepoTag"], Route.Calls);
    }

    [Theory]
    [InlineData("\"cloud_sso_access_token_expire\": {past}, ", "has no CloudSSO credential or token that is still valid. Sign in with 'aliyun configure --profile p --mode CloudSSO'.")]
    [InlineData("", "has no CloudSSO credential or token that is still valid. Sign in with 'aliyun configure --profile p --mode CloudSSO'.")]
    [InlineData("\"cloud_sso_access_token_expire\": {future}, \"access_token\": \"\", ", "has no access_token.")]
    [InlineData("\"cloud_sso_access_token_expire\": {future}, \"access_token\": \"a\\r\\nb\", ", "has an access_token with an invalid character, such as a space or an accented letter.")]
    [InlineData("\"cloud_sso_access_token_expire\": {future}, \"cloud_sso_sign_in_url\": \"http://signin.example.com/\", ", "has a cloud_sso_sign_in_url that is not an https address.")]
    [InlineData("\"cloud_sso_access_token_expire\": {future}, \"cloud_sso_sign_in_url\": \"/start\", ", "has a cloud_sso_sign_in_url that is not an https address.")]
    [InlineData("\"cloud_sso_access_token_expire\": {future}, \"cloud_sso_account_id\": \"\", ", "has no cloud_sso_account_id.")]
    public void Reports_missing_field_of_CloudSSO(string fields, string problem)
    {
        WriteConfig(Profile("CloudSSO", CloudSso + "," + Times(fields) + "\"language\": \"en\""));

        Assert.Equal($"The profile 'p' in '{Environment.ConfigFile}' {problem}", Rejection());
        Assert.Empty(Route.Calls);
    }

    [Fact]
    public void Advises_sign_in_if_CloudSSO_rejects_token()
    {
        WriteConfig(Profile("CloudSSO", Times($"{CloudSso}, \"cloud_sso_access_token_expire\": {{future}}")));
        Route.Answer = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeRegistry.Reply(HttpStatusCode.Unauthorized, """{"ErrorCode": "InvalidAccessToken", "ErrorMessage": "test-token-sso"}"""));

        var rejection = Rejection();

        Assert.StartsWith($"The profile 'p' in '{Environment.ConfigFile}', CloudSSO: ", rejection, StringComparison.Ordinal);
        Assert.EndsWith(" To renew the credential, use this profile with any aliyun command, or sign in again with 'aliyun configure --profile p --mode CloudSSO'.", rejection, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CN", "oauth.aliyun.com")]
    [InlineData("cn", "oauth.aliyun.com")]
    [InlineData("INTL", "oauth.alibabacloud.com")]
    public void Exchanges_an_access_token_of_OAuth(string site, string host)
    {
        WriteConfig(Profile("OAuth", Times($"\"oauth_site_type\": \"{site}\", \"oauth_access_token\": \"test-token-a\", \"oauth_access_token_expire\": {{future}}, \"oauth_refresh_token\": \"test-token-unused\"")));
        AnswerOAuth(host);
        var before = File.ReadAllText(Environment.ConfigFile);

        AssertLists();
        Assert.Equal([$"POST {host}/v1/exchange", "GET 127.0.0.1/ListRepoTag"], Route.Calls);
        Assert.Equal("Bearer test-token-a", Assert.Single(_authorizations));
        Assert.Equal(before, File.ReadAllText(Environment.ConfigFile));
    }

    [Theory]
    [InlineData("\"oauth_access_token\": \"test-token-ended\", \"oauth_access_token_expire\": {past}, ")]
    [InlineData("")]
    public void Uses_a_refresh_token_of_OAuth_once_in_a_process(string fields)
    {
        var refresh = "test-token-" + Guid.NewGuid();
        WriteConfig(Profile("OAuth", Times($"\"oauth_site_type\": \"CN\", {fields} \"oauth_refresh_token\": \"{refresh}\"")));
        AnswerOAuth("oauth.aliyun.com");
        var before = File.ReadAllText(Environment.ConfigFile);

        AssertLists();
        Assert.Equal(["POST oauth.aliyun.com/v1/token", "POST oauth.aliyun.com/v1/exchange", "GET 127.0.0.1/ListRepoTag"], Route.Calls);
        Assert.Contains($"grant_type=refresh_token&refresh_token={refresh}&client_id=4038181954557748008&Timestamp=", _bodies[0], StringComparison.Ordinal);
        Assert.Equal("Bearer test-token-new-1", _authorizations[1]);

        Route.Forget();
        AssertLists();
        Assert.Equal(["POST oauth.aliyun.com/v1/exchange", "GET 127.0.0.1/ListRepoTag"], Route.Calls);

        // The file still contains the used token.
        Route.Forget();
        Now = Now.AddMinutes(59).AddSeconds(30);
        List();
        Assert.Contains("refresh_token=test-token-refresh-1&", _bodies[3], StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Environment.ConfigFile));
    }

    [Theory]
    [InlineData("\"oauth_site_type\": \"CN\", \"oauth_access_token\": \"test-token\", \"oauth_access_token_expire\": {past}, ", "has no OAuth credential or token that is still valid. Sign in with 'aliyun configure --profile p --mode OAuth'.")]
    [InlineData("\"oauth_site_type\": \"CN\", ", "has no OAuth credential or token that is still valid. Sign in with 'aliyun configure --profile p --mode OAuth'.")]
    [InlineData("\"oauth_site_type\": \"EU\", \"oauth_refresh_token\": \"test-token\", ", "has the oauth_site_type 'EU', which is neither 'CN' nor 'INTL'.")]
    [InlineData("\"oauth_refresh_token\": \"test-token\", ", "has no oauth_site_type.")]
    public void Reports_missing_field_of_OAuth(string fields, string problem)
    {
        WriteConfig(Profile("OAuth", Times(fields) + "\"language\": \"en\""));

        Assert.Equal($"The profile 'p' in '{Environment.ConfigFile}' {problem}", Rejection());
        Assert.Empty(Route.Calls);
    }

    [Theory]
    [InlineData("""{"error": "invalid_grant"}""", 400)]
    [InlineData("""{"access_token": "test-token-x"}""", 200)]
    [InlineData("<html>", 200)]
    public void Advises_sign_in_if_refresh_token_is_rejected(string body, int status)
    {
        WriteConfig(Profile("OAuth", $"\"oauth_site_type\": \"CN\", \"oauth_refresh_token\": \"test-token-{Guid.NewGuid()}\""));
        Route.Answer = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeRegistry.Reply((HttpStatusCode)status, body));

        Assert.EndsWith(" To renew the credential, use this profile with any aliyun command, or sign in again with 'aliyun configure --profile p --mode OAuth'.", Rejection(), StringComparison.Ordinal);
        Assert.Single(Route.Calls);
    }

    [Fact]
    public void Does_not_retry_refresh_token_after_lost_reply()
    {
        WriteConfig(Profile("OAuth", $"\"oauth_site_type\": \"CN\", \"oauth_refresh_token\": \"test-token-{Guid.NewGuid()}\""));
        Route.Cut("oauth.aliyun.com");

        Rejection();
        Assert.Single(Route.Calls);
    }

    private string Times(string fields) => fields
        .Replace("{past}", Now.AddSeconds(-1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{future}", Now.AddHours(1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private string LentFields() =>
        $"\"access_key_id\": \"{_credential!["AccessKeyId"]}\", \"access_key_secret\": \"{_credential["AccessKeySecret"]}\", \"sts_token\": \"{_credential["SecurityToken"]}\"";

    private void AnswerCloudSso()
    {
        LendCredential();
        Route.Answer = async (request, _) => await NoteAsync(request, "signin.example.com")
            ? FakeRegistry.Reply(HttpStatusCode.OK, $$"""{"CloudCredential": {{_credential}}, "RequestId": "R"}""")
            : null;
    }

    private void AnswerOAuth(string host)
    {
        LendCredential();
        var number = 0;
        var exchange = new JsonObject { ["requestId"] = "R" };
        foreach (var name in new[] { "AccessKeyId", "AccessKeySecret", "SecurityToken", "Expiration" }) exchange[char.ToLowerInvariant(name[0]) + name[1..]] = _credential![name]!.GetValue<string>();
        Route.Answer = async (request, _) => !await NoteAsync(request, host) ? null
            : request.RequestUri!.AbsolutePath == "/v1/token"
                ? FakeRegistry.Reply(HttpStatusCode.OK, $$"""{"access_token": "test-token-new-{{++number}}", "refresh_token": "test-token-refresh-{{number}}", "expires_in": 3600, "token_type": "Bearer"}""")
                : FakeRegistry.Reply(HttpStatusCode.OK, exchange.ToJsonString());
    }

    private async Task<bool> NoteAsync(HttpRequestMessage request, string host)
    {
        if (request.RequestUri!.Host != host) return false;
        _bodies.Add(await request.Content!.ReadAsStringAsync());
        _authorizations.Add(request.Headers.Authorization?.ToString());
        return true;
    }

    /// <summary>A temporary credential that the emulator accepts.</summary>
    private void LendCredential()
    {
        using var http = new HttpClient(Route, disposeHandler: false);
        _credential = JsonNode.Parse(http.GetStringAsync(Emulator.CredentialsUri).GetAwaiter().GetResult());
        Route.Forget();
    }
}
