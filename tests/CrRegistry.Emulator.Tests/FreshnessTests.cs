using System.Net;
using CrRegistry.Emulator.Signatures;

namespace CrRegistry.Emulator.Tests;

public sealed class FreshnessTests : IAsyncLifetime
{
    private readonly MovableClock _clock = new();
    private EmulatorServer _server = null!;

    public async Task InitializeAsync() => _server = await EmulatorServer.StartAsync(new EmulatorOptions { TimeProvider = _clock });

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData(true, 14)]
    [InlineData(true, -14)]
    [InlineData(false, 14)]
    [InlineData(false, -14)]
    public async Task Accepts_date_14_minutes_off(bool v3, int minutes) =>
        (await CallAsync(v3, minutes)).ShouldBe(HttpStatusCode.OK, "success");

    [Theory]
    [InlineData(true, 16)]
    [InlineData(true, -16)]
    [InlineData(false, 16)]
    [InlineData(false, -16)]
    public async Task Rejects_date_16_minutes_off(bool v3, int minutes) =>
        (await CallAsync(v3, minutes)).ShouldBe(HttpStatusCode.BadRequest, "InvalidTimeStamp.Expired");

    [Fact]
    public async Task Rejects_date_in_another_form()
    {
        var caller = new SignedCaller(_server) { Date = _clock.Now };
        using HttpRequestMessage request = caller.V3(HttpMethod.Get, "ListInstance", []);
        request.Headers.Remove("x-acs-date");
        request.Headers.Add("x-acs-date", "2026-01-02 03:04:05");

        (await SignedCaller.SendAsync(request)).ShouldBe(HttpStatusCode.BadRequest, "InvalidTimeStamp.Format");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rejects_repeated_nonce(bool v3)
    {
        (await CallAsync(v3, 0, "once")).ShouldBe(HttpStatusCode.OK, "success");
        (await CallAsync(v3, 0, "once")).ShouldBe(HttpStatusCode.BadRequest, "SignatureNonceUsed");
        (await CallAsync(v3, 0, "another")).ShouldBe(HttpStatusCode.OK, "success");
    }

    [Fact]
    public async Task Rejected_request_does_not_use_its_nonce()
    {
        (await CallAsync(v3: true, 16, "once")).ShouldBe(HttpStatusCode.BadRequest, "InvalidTimeStamp.Expired");
        (await CallAsync(v3: true, 0, "once")).ShouldBe(HttpStatusCode.OK, "success");
    }

    [Fact]
    public void Drops_nonces_after_half_an_hour()
    {
        var ledger = new NonceLedger();
        Assert.True(ledger.TryUse("a", _clock.Now));
        Assert.True(ledger.TryUse("b", _clock.Now.AddMinutes(20)));
        Assert.False(ledger.TryUse("a", _clock.Now.AddMinutes(30)));
        Assert.True(ledger.TryUse("c", _clock.Now.AddMinutes(31)));

        Assert.Equal(2, ledger.Count);
    }

    private async Task<Answer> CallAsync(bool v3, int minutesOff, string? nonce = null)
    {
        var caller = new SignedCaller(_server) { Date = _clock.Now.AddMinutes(minutesOff), Nonce = nonce };
        using HttpRequestMessage request = v3
            ? caller.V3(HttpMethod.Get, "ListInstance", [])
            : caller.Rpc(HttpMethod.Get, "ListInstance", []);
        return await SignedCaller.SendAsync(request);
    }
}
