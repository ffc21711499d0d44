using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using CrRegistry.Client.Api;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Transport;

/// <summary>A write is retried only if it was certainly not executed.</summary>
public sealed class WriteRetryTests
{
    private const string Done = """{"Code":"success","IsSuccess":true}""";
    private const string Doubt = " It is not known whether the change was made.";

    private readonly FakeRegistry _registry = FakeRegistry.WithTags(1);
    private readonly Channel<JobMessage> _messages = Channel.CreateUnbounded<JobMessage>();

    private TimeSpan _connectionTimeout = TimeSpan.FromSeconds(10);

    private int Retries => _messages.Reader.Count;

    [Theory]
    [InlineData(500, """{"Code":"SystemError"}""")]
    [InlineData(500, """{"Code":"InternalError"}""")]
    [InlineData(503, """{"Code":"ServiceUnavailable"}""")]
    [InlineData(503, """{"Code":"ServiceUnavailable"}""", "1000")]
    [InlineData(504, """{"Code":"Unheard"}""")]
    [InlineData(408, """{"Code":"Unheard"}""")]
    [InlineData(502, "<html>Bad gateway</html>")]
    [InlineData(200, """{"Code":"SystemError","IsSuccess":false}""")]
    [InlineData(200, """{"IsSuccess":false}""")]
    [InlineData(200, """{"Code":"success","IsSucc""")]
    [InlineData(200, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "<html>Sign in</html>")]
    // The service received the request twice, and the reply to the copy is lost.
    [InlineData(400, """{"Code":"SignatureNonceUsed"}""")]
    public async Task Sends_write_once_if_reply_is_unclear(int status, string body, string? retryAfter = null)
    {
        _registry.Change = (_, _) => Reply(status, body, retryAfter);

        var failure = await FailureAsync(_registry);

        Assert.Single(_registry.Requests);
        Assert.Equal(0, Retries);
        Assert.True(failure.IsOutcomeUnknown);
        Assert.EndsWith(Doubt, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reset", CrErrorCode.ConnectionFailed)]
    [InlineData("close", CrErrorCode.ConnectionFailed)]
    [InlineData("reset in the reply", CrErrorCode.ConnectionFailed)]
    [InlineData("close in the reply", CrErrorCode.InvalidResult)]
    [InlineData("wait", CrErrorCode.RequestTimeout)]
    public async Task Sends_write_once_if_connection_breaks(string end, string code)
    {
        if (end == "wait") _connectionTimeout = TimeSpan.FromSeconds(1);
        var requests = 0;
        using var server = new RawServer(async connection =>
        {
            // On an open connection the handler itself may repeat a request.
            await connection.ReadHeadAsync();
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Done.Length}\r\n\r\n{Done}");
            while ((await connection.ReadHeadAsync()).Length > 0)
            {
                Interlocked.Increment(ref requests);
                if (end.EndsWith("reply", StringComparison.Ordinal)) await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
                if (end == "wait") await connection.ClosedAsync();
                if (end.StartsWith("reset", StringComparison.Ordinal)) connection.Reset();
                return;
            }
        });
        await DeleteAsync(server.Endpoint);

        var failure = await Assert.ThrowsAsync<CrApiException>(() => DeleteAsync(server.Endpoint));

        Assert.Equal((1, 1, 0), (requests, server.Connections, Retries));
        Assert.Equal(code, failure.Code);
        Assert.EndsWith(Doubt, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "Throttling.User")]
    [InlineData(429, "Unheard")]
    [InlineData(503, "Rejected.Throttling")]
    [InlineData(400, "InvalidSecurityToken.Expired")]
    public async Task Retries_rejected_write(int status, string code)
    {
        _registry.Change = (_, _) => _registry.Requests.Count == 1 ? FakeRegistry.Reject((HttpStatusCode)status, code) : Reply(200, Done);

        await DeleteAsync(FakeRegistry.Endpoint, _registry);

        Assert.Equal(2, _registry.Requests.Count);
    }

    public static TheoryData<Exception> NoConnections =>
    [
        new HttpRequestException("Refused.", new SocketException((int)SocketError.ConnectionRefused)),
        new HttpRequestException("No such host.", new SocketException((int)SocketError.HostNotFound)),
        // The exceptions of .NET Framework.
        new HttpRequestException("Refused.", new WebException("Refused.", new SocketException((int)SocketError.ConnectionRefused), WebExceptionStatus.ConnectFailure, null)),
        new HttpRequestException("No such host.", new WebException("No such host.", WebExceptionStatus.NameResolutionFailure)),
        new HttpRequestException("No such proxy.", new WebException("No such proxy.", WebExceptionStatus.ProxyNameResolutionFailure)),
    ];

    [Theory]
    [MemberData(nameof(NoConnections))]
    public async Task Retries_write_without_connection(Exception exception)
    {
        _registry.Change = (_, _) => throw exception;

        var failure = await FailureAsync(_registry);

        Assert.Equal((4, 3), (_registry.Requests.Count, Retries));
        Assert.False(failure.IsOutcomeUnknown);
        Assert.DoesNotContain(Doubt, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retries_write_without_listener()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = new Uri("http://" + listener.LocalEndpoint);
        listener.Stop();

        var failure = await Assert.ThrowsAsync<CrApiException>(() => DeleteAsync(endpoint));

        Assert.Equal((CrErrorCode.ConnectionFailed, 3), (failure.Code, Retries));
        Assert.False(failure.IsOutcomeUnknown);
    }

    public static TheoryData<Exception> BrokenConnections =>
    [
        new HttpRequestException("Broken.", new IOException("Reset.", new SocketException((int)SocketError.ConnectionReset))),
        new HttpRequestException("Broken.", new WebException("Reset.", new IOException("Reset."), WebExceptionStatus.ReceiveFailure, null)),
        new HttpRequestException("Broken.", new WebException("Closed.", WebExceptionStatus.KeepAliveFailure)),
    ];

    [Theory]
    [MemberData(nameof(BrokenConnections))]
    public async Task Sends_write_once_if_handler_reports_broken_connection(Exception exception)
    {
        _registry.Change = (_, _) => throw exception;

        Assert.True((await FailureAsync(_registry)).IsOutcomeUnknown);
        Assert.Single(_registry.Requests);
    }

    [Theory]
    [InlineData(404, "TAG_NOT_EXIST")]
    [InlineData(403, "NoPrivilege")]
    [InlineData(200, "REPO_NOT_EXIST")]
    public async Task Reports_rejected_write_as_not_executed(int status, string code)
    {
        _registry.Change = (_, _) => FakeRegistry.Reject((HttpStatusCode)status, code);

        var failure = await FailureAsync(_registry);

        Assert.Single(_registry.Requests);
        Assert.False(failure.IsOutcomeUnknown);
        Assert.DoesNotContain(Doubt, failure.Message, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Reply(int status, string body, string? retryAfter = null)
    {
        var reply = FakeRegistry.Reply((HttpStatusCode)status, body, body.StartsWith('<') ? "text/html" : "application/json");
        if (retryAfter is not null) reply.Headers.TryAddWithoutValidation("x-acs-retry-after", retryAfter);
        return reply;
    }

    private async Task<CrApiException> FailureAsync(HttpMessageHandler handler) =>
        await Assert.ThrowsAsync<CrApiException>(() => DeleteAsync(FakeRegistry.Endpoint, handler));

    private async Task DeleteAsync(Uri endpoint, HttpMessageHandler? handler = null) =>
        await new ApiTransport(
            endpoint,
            new HttpExchange(endpoint, new CrConnectionOptions { MessageHandler = handler, ConnectionTimeout = _connectionTimeout }),
            new Provider(),
            new Acs3Signer(),
            new RetryPolicy(new TestClock()),
            new JobContext(_messages.Writer, new SemaphoreSlim(1), 1, () => { }))
        .SendAsync(
            Operation.DeleteRepoTag,
            new Dictionary<string, string> { ["InstanceId"] = FakeRegistry.InstanceId, ["RepoId"] = FakeRegistry.RepoId, ["Tag"] = "v0" },
            reply => ReplyDecoder.Decode(reply, ReplyJson.Default.ImageFields),
            CancellationToken.None);

    /// <summary>Returns another token after the first one was rejected.</summary>
    private sealed class Provider : ICredentialProvider
    {
        private Credential _credential = new("test-id", "test-secret", "test-token");

        public CredentialIdentity? Identity => null;

        public Task<Credential> GetAsync(CancellationToken cancellationToken) => Task.FromResult(_credential);

        public Task<Credential> RenewAsync(Credential rejected, CancellationToken cancellationToken) =>
            Task.FromResult(_credential = new Credential("test-id", "test-secret", "test-token-2"));
    }
}
