using System.Net;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>No output contains a secret, independent of the failure and of the text that the service quotes.</summary>
public sealed class SecretFailureTests : SecretTest
{
    private const string Connect = "Connect-CrRegistry cn-test cri-x -Credential $credential -SecurityToken $token -ConnectionTimeoutSeconds 1";

    [Theory]
    [InlineData("400")]
    [InlineData("403")]
    [InlineData("404")]
    [InlineData("500")]
    [InlineData("wrong signature")]
    [InlineData("code")]
    [InlineData("encoded")]
    [InlineData("failed with 200")]
    [InlineData("unreadable value")]
    [InlineData("no JSON")]
    [InlineData("wrong type")]
    [InlineData("HTML")]
    [InlineData("HTML of a failure")]
    [InlineData("cut body")]
    [InlineData("cut text")]
    [InlineData("redirect")]
    [InlineData("no HTTP")]
    [InlineData("bad header")]
    [InlineData("reset")]
    [InlineData("silent")]
    public void Service_quotes_request(string kind)
    {
        using var server = EchoingService.Start(kind);

        var outcome = AssertTellsNothing($"{Connect} -Endpoint {server.Endpoint}; Get-CrRepoTag crr-planted", "crr-planted");

        Assert.NotNull(outcome.Error);
        Assert.Contains(outcome.Debug, text => text.Contains("x-acs-security-token:***", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("400")]
    [InlineData("wrong signature")]
    [InlineData("code")]
    [InlineData("encoded")]
    [InlineData("failed with 200")]
    [InlineData("HTML of a failure")]
    [InlineData("cut body")]
    [InlineData("redirect")]
    public void Service_quotes_address_with_token(string kind)
    {
        using var server = EchoingService.Start(kind);

        var outcome = AssertTellsNothing($"{Connect} -Format Xml -Endpoint {server.Endpoint}; Get-CrRepoTag crr-planted", "crr-planted");

        Assert.NotNull(outcome.Error);
        Assert.Contains(outcome.Debug, text => text.Contains("SecurityToken%3D***", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("proxy")]
    [InlineData("403")]
    public void Proxy_rejects_request(string kind)
    {
        using var proxy = EchoingService.Start(kind);

        AssertTellsNothing($"{Connect} -Endpoint https://cr.cn-test.invalid -Proxy {proxy.Endpoint} -ProxyCredential $proxyCredential; Get-CrRepoTag crr-planted", "cr.cn-test.invalid");
    }

    [Fact]
    public void Host_has_no_TLS()
    {
        using var server = EchoingService.Start("400");

        AssertTellsNothing($"{Connect} -Endpoint https://{server.Endpoint.Authority}; Get-CrRepoTag crr-planted", server.Endpoint.Authority);
    }

    [Theory]
    [InlineData("planted-key-id", "wrong", "SignatureDoesNotMatch")]
    [InlineData("planted-other-id", "wrong", "InvalidAccessKeyId.NotFound")]
    public void Service_rejects_key(string id, string secret, string code)
    {
        Session.Set("credential", Session.Credential(id, Plant("the wrong secret", $"planted/{secret}+secret=1")));

        var outcome = AssertTellsNothing($"Connect-CrRegistry cn-test {Emulator.InstanceId} -Credential $credential -Endpoint {Emulator.Address}; Get-CrRepoTag team/app", id);

        Assert.StartsWith(code, outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Json")]
    [InlineData("Xml")]
    public void List_succeeds(string format)
    {
        AssertTellsNothing($"Connect-CrRegistry -Format {format} cn-test {Emulator.InstanceId} -Credential $credential -Endpoint {Emulator.Address} -PassThru; Get-CrRepoTag team/app -All", KeyId).AssertNoError();
    }

    [Theory]
    [InlineData("Json")]
    [InlineData("Xml")]
    public void Exception_of_handler_contains_request(string format)
    {
        Route.Answer = (request, _) => throw new HttpRequestException("It broke at " + request.RequestUri) { Data = { ["request"] = request, ["headers"] = request.Headers.ToString() } };

        AssertTellsNothing($"{Connect} -Format {format} -HttpMessageHandler $route; Get-CrRepoTag crr-planted", "crr-planted");
    }

    [Fact]
    public void Handler_cancels_request()
    {
        Route.Answer = async (request, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request };
        };

        AssertTellsNothing($"{Connect} -HttpMessageHandler $route; Get-CrRepoTag crr-planted", "crr-planted");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\nx: y")]
    [InlineData("é")]
    public void Rejects_token_that_is_not_valid_in_header(string end)
    {
        Session.Set("token", Session.Credential("none", Token + end).Password);
        using var server = EchoingService.Start("400");

        var outcome = AssertTellsNothing($"{Connect} -Endpoint {server.Endpoint}; Get-CrRepoTag crr-planted", "crr-planted");

        Assert.Contains("The security token is empty, or contains an invalid character", outcome.Error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("Connect-CrRegistry cn-test -Proxy $address")]
    [InlineData("Connect-CrRegistry cn-test -Endpoint $address")]
    [InlineData("Get-CrRepoTag crr-planted -Endpoint $address")]
    public void Rejects_address_with_password_without_showing_it(string command)
    {
        Session.Set("address", $"https://someone:{Uri.EscapeDataString(Plant("the address", "planted-address-password"))}@host.example");

        AssertTellsNothing(command, "user information");
    }
}
