using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;

namespace CrRegistry.Client.Tests.Transport;

/// <summary>Network failures, on real connections of the loopback address.</summary>
public sealed class NetworkFailureTests
{
    private const string Whole = """{"Code":"success","IsSuccess":true,"TotalCount":"1","PageSize":100,"Images":[{"Tag":"v0"}]}""";
    private const string Begun = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"Code\":\"succ";

    private static readonly Uri s_elsewhere = new("https://cr.cn-test.invalid");

    [Fact]
    public void Reports_unknown_host()
    {
        var tries = 0;
        var handler = new StubHandler(() =>
        {
            tries++;
            throw new HttpRequestException("Name or service not known (cr.cn-test.invalid:4071)", new SocketException((int)SocketError.HostNotFound));
        });

        var failure = FailureOf(Run.Of(Run.Connect(handler), Run.Query(Run.All), endpoint: s_elsewhere));

        Assert.Equal(CrErrorCode.ConnectionFailed, failure.Code);
        Assert.StartsWith("ListRepoTag could not connect to 'cr.cn-test.invalid': ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, tries);
    }

    [Fact]
    public void Reports_connection_broken_during_reply()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync(Begun);
            connection.Reset();
        });

        var failure = FailureOf(List(server));

        Assert.Equal(CrErrorCode.ConnectionFailed, failure.Code);
        Assert.Contains("was lost during the reply to ListRepoTag", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Connections);
    }

    [Fact]
    public void Reports_reply_shorter_than_its_length()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync(Begun);
        });

        var failure = FailureOf(List(server));

        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
        Assert.Equal("The reply to ListRepoTag was cut off after 13 bytes.", failure.Message);
        Assert.Equal(4, server.Connections);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public void Reply_that_cannot_be_decompressed_is_InvalidResult(string encoding)
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.ReplyAsync("200 OK", Whole, $"Content-Encoding: {encoding}\r\n");
        });

        var failure = FailureOf(List(server));

        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
        Assert.Equal("The reply to ListRepoTag is not usable because its content does not match its Content-Encoding.", failure.Message);
        Assert.Equal(4, server.Connections);
    }

    [Fact]
    public void Shows_foreign_reply_on_one_line()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("\u001b[31mSSH-2.0\u0007\r\n\r\n");
        });

        var failure = FailureOf(List(server));

        Assert.Equal(CrErrorCode.ConnectionFailed, failure.Code);
        Assert.Contains("SSH-2.0", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Fact]
    public void Accepts_complete_reply_after_broken_ones()
    {
        var connections = 0;
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            switch (Interlocked.Increment(ref connections))
            {
                case 1: connection.Reset(); break;
                case 2: await connection.WriteAsync(Begun); break;
                default: await connection.ReplyAsync("200 OK", Whole); break;
            }
        });

        var run = List(server);

        Assert.Null(run.Failure);
        Assert.Equal(["v0"], run.Names);
        Assert.Equal([CrErrorCode.ConnectionFailed, CrErrorCode.InvalidResult], run.Retries.Select(retry => retry.Code));
    }

    [Fact]
    public void Reports_timeout_without_reply()
    {
        var closed = 0;
        using var server = new RawServer(async connection =>
        {
            try
            {
                await connection.ReadHeadAsync();
                await connection.ClosedAsync();
            }
            finally
            {
                Interlocked.Increment(ref closed);
            }
        });

        var run = List(server, new CrConnectionOptions { ConnectionTimeout = TimeSpan.FromMilliseconds(150) });

        var failure = FailureOf(run);
        Assert.Equal(CrErrorCode.RequestTimeout, failure.Code);
        Assert.Equal($"'{server.Endpoint.Authority}' did not reply to ListRepoTag within 0.15 seconds.", failure.Message);
        // On a busy computer an attempt may time out before its connection is made.
        Assert.Equal([2, 3, 4], run.Retries.Select(retry => retry.Number));
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref closed) == server.Connections, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Reports_timeout_during_reply()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync(Begun);
            await connection.ClosedAsync();
        });

        var failure = FailureOf(List(server, new CrConnectionOptions { OperationTimeout = TimeSpan.FromMilliseconds(400) }));

        Assert.Equal(CrErrorCode.RequestTimeout, failure.Code);
        Assert.Equal($"'{server.Endpoint.Authority}' did not send the complete reply to ListRepoTag within 0.4 seconds.", failure.Message);
        Assert.Equal(4, server.Connections);
    }

    [Fact]
    public void Reports_untrusted_certificate_without_retry()
    {
        using var certificate = SelfSigned();
        using var server = new RawServer(async connection =>
        {
            await using var tls = new SslStream(connection.Stream);
            await tls.AuthenticateAsServerAsync(certificate);
            await tls.WriteAsync(Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        });

        var failure = FailureOf(List(server, secure: true));

        Assert.Equal(CrErrorCode.TlsFailed, failure.Code);
        Assert.StartsWith($"The certificate of '{server.Endpoint.Authority}' is not trusted, so ListRepoTag was not sent: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public void Reports_host_without_TLS()
    {
        using var server = new RawServer(connection => connection.ReplyAsync("400 Bad Request", "plain"));

        var failure = FailureOf(List(server, secure: true));

        Assert.Equal(CrErrorCode.TlsFailed, failure.Code);
        Assert.StartsWith($"ListRepoTag could not connect securely to '{server.Endpoint.Authority}': ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Location: https://portal.example.com/login?back=some-secret\r\n", "'portal.example.com'")]
    [InlineData("Location: /login?back=some-secret\r\n", "another path of the same host")]
    [InlineData("", "without a Location header")]
    public void Reports_host_of_redirect_and_does_not_follow(string header, string target)
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.ReplyAsync("302 Found", "", header);
        });

        var failure = FailureOf(List(server));

        Assert.Equal(CrErrorCode.Redirected, failure.Code);
        Assert.Contains(target, failure.Message, StringComparison.Ordinal);
        Assert.Contains("HTTP 302", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("some-secret", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("Content-Length: 16777217\r\n\r\n")]
    [InlineData("\r\n")]
    public void Limits_size_of_reply(string end)
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + end);
            while (true) await connection.Stream.WriteAsync(new byte[1024 * 1024]);
        });

        var failure = FailureOf(List(server));

        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
        Assert.Contains("larger than 16 MB", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public void Reports_proxy_that_requires_credential()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.ReplyAsync("407 Proxy Authentication Required", "", "Proxy-Authenticate: Basic realm=\"test\"\r\n");
        });

        var failure = FailureOf(List(server, new CrConnectionOptions { Proxy = new WebProxy(server.Endpoint) }, s_elsewhere));

        Assert.Equal(CrErrorCode.ProxyAuthenticationRequired, failure.Code);
        Assert.StartsWith($"The proxy '{server.Endpoint.Authority}' on the way to 'cr.cn-test.invalid' requires a credential", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public void Sends_proxy_credential_only_to_proxy()
    {
        var heads = new List<string>();
        using var server = new RawServer(async connection =>
        {
            heads.Add(await connection.ReadHeadAsync());
            if (heads.Count == 1) await connection.ReplyAsync("407 Proxy Authentication Required", "", "Proxy-Authenticate: Basic realm=\"test\"\r\n");
            else await connection.ReplyAsync("502 Bad Gateway", "");
        });
        var proxy = new WebProxy(server.Endpoint) { Credentials = new NetworkCredential("some-user", "some-password") };

        var failure = FailureOf(List(server, new CrConnectionOptions { Proxy = proxy }, s_elsewhere));

        Assert.Equal(CrErrorCode.ConnectionFailed, failure.Code);
        Assert.All(heads, head => Assert.StartsWith("CONNECT cr.cn-test.invalid:443 ", head, StringComparison.Ordinal));
        Assert.Contains("Proxy-Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("some-user:some-password")), heads[1], StringComparison.Ordinal);
        Assert.DoesNotContain("some-password", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_host_and_port_of_unreachable_proxy()
    {
        var proxy = new Uri("http://someone:some-password@127.0.0.1:" + ClosedPort());

        var failure = FailureOf(List(null, new CrConnectionOptions { Proxy = new WebProxy(proxy) }, s_elsewhere));

        Assert.Equal(CrErrorCode.ConnectionFailed, failure.Code);
        Assert.StartsWith($"ListRepoTag could not connect to 'cr.cn-test.invalid' through the proxy '127.0.0.1:{proxy.Port}': ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("some-password", failure.ToString(), StringComparison.Ordinal);
        Assert.True(failure.IsOfProxy);
    }

    [Theory]
    [InlineData("403 Forbidden")]
    [InlineData("502 Bad Gateway")]
    [InlineData("503 Service Unavailable")]
    public void Reports_proxy_that_rejects_tunnel(string status)
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.ReplyAsync(status, "");
        });

        var failure = FailureOf(List(server, new CrConnectionOptions { Proxy = new WebProxy(server.Endpoint) }, s_elsewhere));

        Assert.Equal(CrErrorCode.ConnectionFailed, failure.Code);
        Assert.StartsWith($"ListRepoTag could not connect to 'cr.cn-test.invalid' through the proxy '{server.Endpoint.Authority}': ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(status[..3], failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Connections);
    }

    [Fact]
    public void Reports_proxy_without_reply()
    {
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.ClosedAsync();
        });

        var failure = FailureOf(List(server, new CrConnectionOptions { Proxy = new WebProxy(server.Endpoint), ConnectionTimeout = TimeSpan.FromMilliseconds(150) }, s_elsewhere));

        Assert.Equal(CrErrorCode.RequestTimeout, failure.Code);
        Assert.Equal($"'cr.cn-test.invalid' did not reply to ListRepoTag through the proxy '{server.Endpoint.Authority}' within 0.15 seconds.", failure.Message);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound)]
    [InlineData(SocketError.TryAgain)]
    public async Task Reports_unknown_proxy(SocketError error)
    {
        using var handler = new StubHandler(() => throw new HttpRequestException("Name or service not known (proxy.invalid:3128)", new SocketException((int)error)));
        var exchange = new HttpExchange(s_elsewhere, new CrConnectionOptions { MessageHandler = handler })
        {
            FindProxy = () => new Uri("http://someone:some-password@proxy.invalid:3128"),
        };
        using var message = new HttpRequestMessage(HttpMethod.Get, s_elsewhere);

        var failure = await Assert.ThrowsAsync<CrApiException>(() => exchange.SendAsync("ListRepoTag", message, CancellationToken.None));

        Assert.StartsWith("ListRepoTag could not connect to 'cr.cn-test.invalid' through the proxy 'proxy.invalid:3128': ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1")]
    [InlineData("http://[::1]:1")]
    [InlineData("http://100.100.100.200")]
    [InlineData("https://bypassed.invalid")]
    public void Does_not_report_unused_proxy(string endpoint) =>
        Assert.Null(HttpExchange.ProxyOf(new Uri(endpoint), new CrConnectionOptions { Proxy = new WebProxy("http://127.0.0.1:1", false, ["bypassed.invalid"]) }));

    [Fact]
    public void Uses_no_proxy_for_loopback_address()
    {
        using var proxy = new RawServer(connection => connection.ReplyAsync("502 Bad Gateway", ""));
        using var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.ReplyAsync("200 OK", Whole);
        });

        var run = List(server, new CrConnectionOptions { Proxy = new WebProxy(proxy.Endpoint) });

        Assert.Equal(["v0"], run.Names);
        Assert.Equal(0, proxy.Connections);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Run List(RawServer? server, CrConnectionOptions? options = null, Uri? endpoint = null, bool secure = false)
    {
        var connection = new CrConnection((options ?? new CrConnectionOptions()) with { Credential = Run.Credential, RetryPolicy = new RetryPolicy(new TestClock()) });
        return Run.Of(connection, Run.Query(Run.All), endpoint: endpoint ?? new UriBuilder(server!.Endpoint) { Scheme = secure ? "https" : "http" }.Uri);
    }

    private static CrApiException FailureOf(Run run) => Assert.IsType<CrApiException>(run.Failure);

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private sealed class StubHandler(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
    }
}
