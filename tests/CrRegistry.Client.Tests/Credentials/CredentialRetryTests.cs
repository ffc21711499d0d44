using System.Diagnostics;
using System.Net;
using CrRegistry.Client.Credentials.Profiles;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>Calls for a credential are retried like other reads, and end when no caller waits for them any longer.</summary>
public sealed class CredentialRetryTests : ChainTest
{
    private const string Role = $$""" "ram_role_arn": "{{RoleArn}}" """;

    public static TheoryData<string> Transient { get; } =
        ["refused connection", "timeout", "Throttling.User", "Throttling", "retry-after", "ServiceUnavailable", "InternalError", "502", "503", "429"];

    [Theory]
    [MemberData(nameof(Transient))]
    public void Retries_sts(string trouble)
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}"));
        FailTwice(Sts, trouble);

        AssertLists();
        Assert.Equal(3, Route.CallsTo(Sts).Count());
        Assert.Equal(3, _nonces.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Transient))]
    public void Retries_sts_with_the_token_of_an_identity_provider(string trouble)
    {
        var file = TestEnvironment.Write(Path.Combine(Environment.Home, "token"), "test-token");
        WriteConfig(Profile("OIDC", $"{Role}, \"oidc_provider_arn\": \"acs:ram::1:oidc-provider/test\", \"oidc_token_file\": {System.Text.Json.JsonSerializer.Serialize(file)}"));
        FailTwice(Sts, trouble);

        AssertLists();
        Assert.Equal(3, Route.CallsTo(Sts).Count());
    }

    [Theory]
    [MemberData(nameof(Transient))]
    public void Retries_a_credentials_uri(string trouble)
    {
        Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost/credentials");
        FailTwice("localhost", trouble);

        AssertLists();
        Assert.Equal(3, Route.CallsTo("localhost").Count());
    }

    [Theory]
    [MemberData(nameof(Transient))]
    public void Retries_metadata_chosen_by_user(string trouble)
    {
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", null);
        WriteConfig(Profile("EcsRamRole", """ "ram_role_name": "EmulatorRole" """));
        FailTwice(Metadata, trouble, HttpMethod.Get);

        AssertLists();
        Assert.Equal(3, Route.CallsTo(Metadata).Count(call => call.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("503", 3)]
    [InlineData("refused connection", 1)]
    public void Retries_default_metadata_only_after_a_reply(string trouble, int tries)
    {
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", null);
        Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost/credentials");
        Route.Answer = (request, _) => request.RequestUri!.Host == Metadata ? Fail(request, trouble) : Task.FromResult<HttpResponseMessage?>(null);
        if (trouble == "503") FailTwice(Metadata, trouble, HttpMethod.Get);

        AssertLists();
        Assert.Equal(tries, Route.CallsTo(Metadata).Count(call => call.EndsWith("/security-credentials/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "NoPermission")]
    [InlineData(HttpStatusCode.BadRequest, "InvalidSecurityToken.Expired")]
    [InlineData(HttpStatusCode.NotFound, "EntityNotExist.Role")]
    public void Does_not_retry_rejection(HttpStatusCode status, string code)
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}"));
        Route.Answer = (request, _) => Task.FromResult(request.RequestUri!.Host == Sts ? FakeRegistry.Reject(status, code, "No.") : null);

        Assert.Contains("AssumeRole was rejected: No.", Rejection(), StringComparison.Ordinal);
        Assert.Single(Route.CallsTo(Sts));
    }

    [Fact]
    public void Fails_after_four_attempts()
    {
        WriteConfig(Profile("RamRoleArn", $"{Key}, {Role}"));
        Route.Cut(Sts);

        Assert.Contains("AssumeRole could not connect to 'sts.aliyuncs.com': No route to host.", Rejection(), StringComparison.Ordinal);
        Assert.Equal(4, Route.CallsTo(Sts).Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stops_while_a_named_pipe_is_opened(bool ini)
    {
        if (OperatingSystem.IsWindows()) return;
        MakePipe(ini ? Environment.CredentialsFile : Environment.ConfigFile);
        using var cancellation = new CancellationTokenSource();

        var finding = Task.Run(() => ConnectionDefaults.Find("p", cancellation.Token));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Reports_named_pipe_without_writer()
    {
        if (OperatingSystem.IsWindows()) return;
        MakePipe(Environment.ConfigFile);

        var failure = Assert.Throws<CrApiException>(() => CredentialFile.Read(Environment.ConfigFile, TimeSpan.FromMilliseconds(50), CancellationToken.None));

        Assert.Equal(CrErrorCode.CredentialUnavailable, failure.Code);
        Assert.StartsWith($"The file '{Environment.ConfigFile}' could not be read within 0 seconds. If it is a named pipe, nothing writes to it.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_named_pipe_with_writer()
    {
        if (OperatingSystem.IsWindows()) return;
        MakePipe(Environment.ConfigFile);
        var writing = Task.Run(() => File.AppendAllText(Environment.ConfigFile, $$"""{"profiles": [{{Profile("AK", Key, "default")}}]}"""));

        AssertLists();
        await writing;
    }

    private readonly List<string?> _nonces = [];

    private void FailTwice(string host, string trouble, HttpMethod? method = null)
    {
        var left = 2;
        Route.Answer = (request, _) =>
        {
            if (request.RequestUri!.Host != host || (method is not null && request.Method != method)) return Task.FromResult<HttpResponseMessage?>(null);
            _nonces.Add(request.Headers.TryGetValues("x-acs-signature-nonce", out var values) ? values.Single() : null);
            return left-- > 0 ? Fail(request, trouble) : Task.FromResult<HttpResponseMessage?>(null);
        };
    }

    private static Task<HttpResponseMessage?> Fail(HttpRequestMessage request, string trouble) => Task.FromResult<HttpResponseMessage?>(trouble switch
    {
        "refused connection" => throw new HttpRequestException("Connection refused"),
        "timeout" => throw new TaskCanceledException("Timeout"),
        "retry-after" => With(FakeRegistry.Reject(HttpStatusCode.ServiceUnavailable, "Busy", "Busy."), "x-acs-retry-after", "100"),
        "502" or "503" or "429" => new HttpResponseMessage((HttpStatusCode)int.Parse(trouble, System.Globalization.CultureInfo.InvariantCulture)) { RequestMessage = request },
        _ => FakeRegistry.Reject(trouble.StartsWith("Throttling", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.ServiceUnavailable, trouble, "Busy."),
    });

    private static HttpResponseMessage With(HttpResponseMessage response, string header, string value)
    {
        response.Headers.TryAddWithoutValidation(header, value);
        return response;
    }

    private static void MakePipe(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
