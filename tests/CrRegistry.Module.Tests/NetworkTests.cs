using System.Management.Automation;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Network failures in a command, and the options against them.</summary>
public sealed class NetworkTests : ModuleTest
{
    private const string Whole = """{"Code":"success","IsSuccess":true,"TotalCount":"1","PageSize":30,"Images":[{"Tag":"v0","ImageUpdate":"1572875608000"}]}""";
    private const string Throttling = """{"Code":"Throttling.User","Message":"Request was denied due to user flow control."}""";

    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"Code\":")]
    public async Task Stop_ends_command_during_held_reply(string begun)
    {
        var (reached, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync(begun);
            reached.TrySetResult();
            await connection.ClosedAsync();
            ended.TrySetResult();
        });

        await Session.StopAsync($"Get-CrRepoTag crr-x -Endpoint {server.Endpoint}", _ => reached.Task.WaitAsync(s_guard));

        await ended.Task.WaitAsync(s_guard);
        Assert.Equal(["v0"], Session.Run("Get-CrRepoTag team/app -First 1").AssertNoError().Texts);
    }

    [Fact]
    public async Task Stop_ends_command_that_waits_for_retry()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.ReplyAsync("400 Bad Request", Throttling, "x-acs-retry-after: 60000\r\n");
        });

        await Session.StopAsync($"Get-CrRepoTag crr-x -Endpoint {server.Endpoint} -Verbose", async verbose =>
        {
            var told = new TaskCompletionSource();
            verbose.DataAdded += (_, added) =>
            {
                if (verbose[added.Index].Message.Contains("Throttling.User, attempt 2 in", StringComparison.Ordinal)) told.TrySetResult();
            };
            if (verbose.Any(record => record.Message.Contains("Throttling.User, attempt 2 in", StringComparison.Ordinal))) told.TrySetResult();
            await told.Task.WaitAsync(s_guard);
        });

        Assert.Equal(1, server.Connections);
        Assert.Equal(["v0"], Session.Run("Get-CrRepoTag team/app -First 1").AssertNoError().Texts);
    }

    [Fact]
    public void Retry_is_one_verbose_line()
    {
        var connections = 0;
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            if (Interlocked.Increment(ref connections) == 1) await connection.ReplyAsync("503 Service Unavailable", """{"Code":"ServiceUnavailable"}""");
            else await connection.ReplyAsync("200 OK", Whole);
        });

        var outcome = Session.Run($"Get-CrRepoTag crr-x -Endpoint {server.Endpoint} -Verbose").AssertNoError();

        Assert.Equal(["v0"], outcome.Texts);
        Assert.Matches("^ListRepoTag page 1: [0-9]+ ms, HTTP 503, RequestId none$", outcome.Verbose[0]);
        Assert.Matches("^ListRepoTag page 1: ServiceUnavailable, attempt 2 in [0-9]+ ms$", outcome.Verbose[1]);
        Assert.Matches("^ListRepoTag page 1: [0-9]+ ms, HTTP 200, RequestId none$", outcome.Verbose[2]);
    }

    [Theory]
    [InlineData("-ConnectionTimeoutSeconds 1", "")]
    [InlineData("-OperationTimeoutSeconds 1", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"Code\":")]
    public void Timeout_of_session_applies_to_each_attempt(string limit, string begun)
    {
        var connections = 0;
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            if (Interlocked.Increment(ref connections) == 1)
            {
                await connection.WriteAsync(begun);
                await connection.ClosedAsync();
            }
            else
            {
                await connection.ReplyAsync("200 OK", Whole);
            }
        });

        var outcome = Session.Run($"Connect-CrRegistry -InstanceId cri-x -Endpoint {server.Endpoint} -Credential $credential {limit}; Get-CrRepoTag crr-x -Verbose").AssertNoError();

        Assert.Equal(["v0"], outcome.Texts);
        Assert.Matches("^ListRepoTag page 1: RequestTimeout, attempt 2 in [0-9]+ ms$", outcome.Verbose[0]);
    }

    [Fact]
    public void Uses_proxy_with_credential_and_names_parameters_if_rejected()
    {
        var heads = new List<string>();
        using var server = new RawServer(async connection =>
        {
            heads.Add(await connection.ReadHeadAsync());
            await connection.ReplyAsync("407 Proxy Authentication Required", "", "Proxy-Authenticate: Basic realm=\"test\"\r\n");
        });
        Session.Set("proxyCredential", Session.Credential("some-user", "some-password"));

        var outcome = Session.Run(
            $"Connect-CrRegistry -InstanceId cri-x -Endpoint https://cr.cn-test.invalid -Credential $credential -Proxy {server.Endpoint} -ProxyCredential $proxyCredential; Get-CrRepoTag crr-x -Verbose");

        Assert.Contains(heads, head => head.StartsWith("CONNECT cr.cn-test.invalid:443 ", StringComparison.Ordinal) && head.Contains("Proxy-Authorization: Basic ", StringComparison.Ordinal));
        Assert.StartsWith("ProxyAuthenticationRequired,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.AuthenticationError, outcome.Terminating.CategoryInfo.Category);
        Assert.Contains("-Proxy of Connect-CrRegistry, and its user name and password with -ProxyCredential", outcome.Terminating.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("some-password", outcome.Terminating + outcome.Terminating.Exception.ToString() + string.Concat(outcome.Verbose) + Session.Show("Get-CrContext | Format-List *"), StringComparison.Ordinal);
    }

    [Fact]
    public void Advises_on_unreachable_proxy()
    {
        // Port 1 has no listener.
        var error = Session.Run("Connect-CrRegistry cn-shanghai cri-x -Credential $credential -Proxy http://127.0.0.1:1; Get-CrRepoTag crr-x").Terminating!;

        Assert.StartsWith("ConnectionFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("through the proxy '127.0.0.1:1'", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("Check -Proxy of Connect-CrRegistry.", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Check the region", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTPS_PROXY")]
    [InlineData("https_proxy")]
    [InlineData("ALL_PROXY")]
    public async Task Reports_unreachable_proxy_of_environment_without_password(string variable)
    {
        var run = await BareHostRun.OfAsync(
            $"""
            Import-Module '{Paths.Staging}'
            try {"{"} Get-CrRepoTag crr-x -InstanceId cri-x -RegionId cn-shanghai {"}"} catch {"{"} "$_"; $_.Exception.ToString() {"}"}
            """,
            (variable, "http://someone:some-password@127.0.0.1:1"),
            ("NO_PROXY", ""),
            ("ALIBABA_CLOUD_ACCESS_KEY_ID", "test-id"),
            ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "test-secret"));

        Assert.Contains("through the proxy '127.0.0.1:1'", run.Output, StringComparison.Ordinal);
        Assert.Contains("HTTPS_PROXY and NO_PROXY", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("some-password", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Redirect_is_error_with_target_host()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.ReplyAsync("302 Found", "", "Location: https://portal.example.com/login\r\n");
        });

        var outcome = Session.Run($"Get-CrRepoTag crr-x -Endpoint {server.Endpoint}");

        Assert.StartsWith("Redirected,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("'portal.example.com'", outcome.Error.ErrorDetails.Message, StringComparison.Ordinal);
    }
}
