using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CrRegistry.Emulator.Faults;

namespace CrRegistry.Emulator.Tests;

public sealed class FaultTests : IAsyncLifetime
{
    private EmulatorServer _server = null!;
    private SignedCaller _caller = null!;

    public async Task InitializeAsync()
    {
        _server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 250 });
        _caller = new SignedCaller(_server) { Nonce = "once" };
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData(FaultKind.Throttling, HttpStatusCode.BadRequest, "Throttling.User")]
    [InlineData(FaultKind.TooManyRequests, HttpStatusCode.TooManyRequests, "Throttling")]
    [InlineData(FaultKind.SystemError, HttpStatusCode.InternalServerError, "SystemError")]
    [InlineData(FaultKind.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")]
    public async Task Rejection_has_status_code_and_fields_of_gateway(FaultKind kind, HttpStatusCode status, string code)
    {
        Give(kind);

        Answer answer = await _caller.ListRepoTagAsync();

        answer.ShouldBe(status, code);
        Assert.Equal(["RequestId", "HostId", "Code", "Message", "Recommend"], answer.Json.Select(field => field.Key));
        ShouldBeNoted(kind, (int)status, code);
    }

    [Fact]
    public async Task Rejection_has_requested_format()
    {
        Give(FaultKind.Throttling);

        Answer answer = await SignedCaller.SendAsync(_caller.Rpc(HttpMethod.Get, "ListInstance", [], format: "XML"));

        Assert.Equal(("Error", "Throttling.User"), (answer.Xml.Name.LocalName, answer.Xml.Element("Code")!.Value));
    }

    [Theory]
    [InlineData(FaultKind.Throttling)]
    [InlineData(FaultKind.ServiceUnavailable)]
    [InlineData(FaultKind.SystemError)]
    public async Task Returns_time_to_wait_in_milliseconds_for_each_fault(FaultKind kind)
    {
        _server.OnCall = (_, _) => Task.FromResult<Fault?>(new Fault(kind, TimeSpan.FromMilliseconds(1234.5)));

        using HttpResponseMessage response = await SendAsync();

        Assert.Equal("1235", response.Headers.GetValues("x-acs-retry-after").Single());
    }

    [Theory]
    [InlineData(FaultKind.BadGateway, HttpStatusCode.BadGateway)]
    [InlineData(FaultKind.Portal, HttpStatusCode.OK)]
    public async Task Returns_html_page(FaultKind kind, HttpStatusCode status)
    {
        Give(kind);

        using HttpResponseMessage response = await SendAsync();

        Assert.Equal((status, "text/html"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.StartsWith("<!DOCTYPE html>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        ShouldBeNoted(kind, (int)status, null);
    }

    [Fact]
    public async Task Redirects_to_loopback_port_without_listener()
    {
        Give(FaultKind.Redirect);

        using HttpResponseMessage response = await SendAsync();

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Uri location = response.Headers.Location!;
        Assert.True(location.IsLoopback);
        Assert.NotEqual(_server.Address.Port, location.Port);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var refused = await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(IPAddress.Loopback, location.Port));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        ShouldBeNoted(FaultKind.Redirect, 302, null);
    }

    [Fact]
    public async Task Resets_connection_before_first_byte()
    {
        Give(FaultKind.Reset);

        (byte[] received, SocketError end) = await ReadWireAsync();

        Assert.Empty(received);
        Assert.Equal(SocketError.ConnectionReset, end);
        ShouldBeNoted(FaultKind.Reset, null, "success");
    }

    [Fact]
    public async Task Closes_connection_after_half_of_body()
    {
        Give(FaultKind.CutBody);

        (byte[] received, SocketError end) = await ReadWireAsync();

        Assert.Equal(SocketError.Success, end);
        string[] parts = Encoding.UTF8.GetString(received).Split("\r\n\r\n", 2);
        Assert.StartsWith("HTTP/1.1 200", parts[0], StringComparison.Ordinal);
        int promised = int.Parse(parts[0].Split("Content-Length: ")[1].Split("\r\n")[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(promised / 2, parts[1].Length);
        ShouldBeNoted(FaultKind.CutBody, 200, "success");
    }

    [Fact]
    public async Task Truncated_body_is_an_error_for_http_client()
    {
        Give(FaultKind.CutBody);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => _caller.ListRepoTagAsync());

        Assert.Equal(HttpRequestError.ResponseEnded, Assert.IsType<HttpIOException>(failure.InnerException).HttpRequestError);
    }

    [Fact]
    public async Task Truncated_json_is_complete_for_http()
    {
        Give(FaultKind.CutText);

        Answer answer = await _caller.ListRepoTagAsync();

        Assert.Equal((HttpStatusCode.OK, "application/json;charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.StartsWith("""{"PageNo":1,"PageSize":30,"TotalCount":"250","Images":[{"Tag":"v0",""", answer.Body, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => answer.Json);
        ShouldBeNoted(FaultKind.CutText, 200, "success");
    }

    private void Give(FaultKind kind) => _server.OnCall = (_, _) => Task.FromResult<Fault?>(new Fault(kind));

    private void ShouldBeNoted(FaultKind fault, int? status, string? code)
    {
        var noted = Assert.Single(_server.Requests);
        Assert.Equal((fault, status, code), (noted.Fault, noted.HttpStatus, noted.Code));
    }

    private async Task<HttpResponseMessage> SendAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        return await http.SendAsync(_caller.V3(HttpMethod.Get, "ListInstance", []));
    }

    /// <summary>Sends a call over a TCP connection, and reads until it closes or breaks.</summary>
    private async Task<(byte[] Received, SocketError End)> ReadWireAsync()
    {
        using HttpRequestMessage request = _caller.V3(HttpMethod.Get, "ListRepoTag", [("InstanceId", _server.InstanceId), ("RepoId", _server.RepoId)]);
        string headers = string.Concat(request.Headers.NonValidated.Select(header => $"{header.Key}: {header.Value}\r\n"));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _server.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {request.RequestUri!.PathAndQuery} HTTP/1.1\r\nHost: {_server.Address.Authority}\r\n{headers}\r\n"));
        using var received = new MemoryStream();
        var buffer = new byte[4096];
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            while (await socket.ReceiveAsync(buffer, giveUp.Token) is > 0 and var count)
                received.Write(buffer, 0, count);
            return (received.ToArray(), SocketError.Success);
        }
        catch (SocketException end)
        {
            return (received.ToArray(), end.SocketErrorCode);
        }
    }
}
