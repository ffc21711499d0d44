using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>Credentials from environment variables. The variables belong to the process, so that tests run one after another.</summary>
public sealed class EnvironmentCredentialTests : IDisposable
{
    private const string Id = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    private const string Secret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    private const string Token = "ALIBABA_CLOUD_SECURITY_TOKEN";

    private readonly TestEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void Signs_with_key_pair()
    {
        var (run, registry) = RunWith("env-id", "env-secret", null);

        Assert.Null(run.Failure);
        Assert.Contains("Credential=env-id,", registry.Requests[0].Headers["authorization"], StringComparison.Ordinal);
        Assert.DoesNotContain("x-acs-security-token", registry.Requests[0].Headers.Keys);
    }

    [Fact]
    public void Sends_token()
    {
        var (_, registry) = RunWith("env-id", "env-secret", "env-token");

        Assert.Equal("env-token", registry.Requests[0].Headers["x-acs-security-token"]);
    }

    [Theory]
    [InlineData("env-id", null, Secret)]
    [InlineData(null, "env-secret", Id)]
    [InlineData("env-id", "", Secret)]
    public void Reports_missing_half_of_key_pair(string? id, string? secret, string missing)
    {
        var (run, registry) = RunWith(id, secret, null);

        var failure = Assert.IsType<CrApiException>(run.Failure);
        Assert.Equal(CrErrorCode.CredentialUnavailable, failure.Code);
        Assert.Contains($"{missing} is not", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("env-secret", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(registry.Requests);
    }

    [Theory]
    [InlineData("env-id\r", "env-secret", "env-token", Id)]
    [InlineData("env-id", "env-secret ", "env-token", Secret)]
    [InlineData("env-id", "env-secret", "env-t\u00f6ken", Token)]
    public void Reports_variable_with_invalid_character(string id, string secret, string token, string named)
    {
        var (run, registry) = RunWith(id, secret, token);

        var failure = Assert.IsType<CrApiException>(run.Failure);
        Assert.Equal($"The environment variable {named} contains an invalid character, such as a space or a line break.", failure.Message);
        Assert.Empty(registry.Requests);
    }

    [Fact]
    public void Reports_searched_sources_without_credential()
    {
        var (run, registry) = RunWith(null, null, null);

        Assert.Contains(Id, Assert.IsType<CrApiException>(run.Failure).Message, StringComparison.Ordinal);
        Assert.Empty(registry.Requests);
    }

    private (Run Run, FakeRegistry Registry) RunWith(string? id, string? secret, string? token)
    {
        _environment.Set(Id, id);
        _environment.Set(Secret, secret);
        _environment.Set(Token, token);
        var registry = FakeRegistry.WithTags(1);
        return (Run.Of(new CrConnection(new CrConnectionOptions { MessageHandler = registry }), Run.Query(Run.All)), registry);
    }
}
