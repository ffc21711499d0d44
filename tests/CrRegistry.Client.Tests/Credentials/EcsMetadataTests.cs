using System.Net;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Credentials;

/// <summary>The metadata of an ECS instance in both versions, and a computer that is not an instance.</summary>
public sealed class EcsMetadataTests : ChainTest
{
    private const string CredentialsPath = "/latest/meta-data/ram/security-credentials/";

    public EcsMetadataTests() => Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", null);

    [Fact]
    public void Does_not_request_name_of_specified_role()
    {
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA", "EmulatorRole");

        AssertLists();
        Assert.DoesNotContain(Route.Calls, call => call.EndsWith(CredentialsPath, StringComparison.Ordinal));
    }

    [Fact]
    public void Uses_version_1_without_token()
    {
        AnswerTokens(HttpStatusCode.Forbidden);

        AssertLists();
    }

    [Fact]
    public void Version_1_can_be_disabled()
    {
        AnswerTokens(HttpStatusCode.Forbidden);
        Environment.Set("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");

        Assert.Contains("ECS metadata: the request for a token failed: '100.100.100.200' returned HTTP status 403", Rejection(), StringComparison.Ordinal);
        Assert.Single(Route.CallsTo(Metadata));
    }

    [Fact]
    public void Does_not_send_invalid_token()
    {
        AnswerTokens(HttpStatusCode.OK, "<html>\r\nportal</html>");

        AssertLists();
    }

    [Fact]
    public void Continues_chain_if_instance_has_no_role()
    {
        Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost/credentials");
        Route.Answer = (request, _) => Task.FromResult(request.RequestUri!.AbsolutePath == CredentialsPath ? new HttpResponseMessage(HttpStatusCode.NotFound) : null);

        AssertLists();
        Assert.Single(Route.CallsTo("localhost"));
    }

    [Fact]
    public void Does_not_request_invalid_role_name()
    {
        Route.Answer = (request, _) => Task.FromResult(request.RequestUri!.AbsolutePath == CredentialsPath ? FakeRegistry.Reply(HttpStatusCode.OK, "<html>", "text/html") : null);

        Assert.Contains("ECS metadata: the service returned an invalid role name.", Rejection(), StringComparison.Ordinal);
    }

    [Fact]
    public void Skips_metadata_soon_without_reply()
    {
        Route.Answer = async (request, cancellationToken) =>
        {
            if (request.RequestUri!.Host == Metadata) await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        };

        Assert.Contains("ECS metadata: '100.100.100.200' did not reply to the request for the instance's role within 1 second.", Rejection(), StringComparison.Ordinal);
        Assert.Equal(2, Route.CallsTo(Metadata).Count());
    }

    [Fact]
    public void Reports_missing_specified_role()
    {
        Route.Cut(Metadata);
        Environment.Set("ALIBABA_CLOUD_ECS_METADATA", "EmulatorRole");
        Environment.Set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost/credentials");

        Assert.Equal("ECS metadata: the request for the credential of 'EmulatorRole' could not connect to '100.100.100.200': No route to host.", Rejection());
        Assert.Empty(Route.CallsTo("localhost"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reports_missing_instance_role_of_profile(bool disabled)
    {
        Route.Cut(Metadata);
        WriteConfig(Profile("EcsRamRole", """ "ram_role_name": "" """));
        if (disabled) Environment.Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");

        Assert.Equal(
            $"The profile 'p' in '{Environment.ConfigFile}', ECS metadata: "
            + (disabled ? "it is disabled by ALIBABA_CLOUD_ECS_METADATA_DISABLED." : "the request for the instance's role could not connect to '100.100.100.200': No route to host."),
            Rejection());
    }

    [Theory]
    [InlineData("role")]
    [InlineData("profile")]
    public void Reports_name_of_unknown_role(string source)
    {
        if (source == "role") Environment.Set("ALIBABA_CLOUD_ECS_METADATA", "Gone");
        else WriteConfig(Profile("EcsRamRole", """ "ram_role_name": "Gone" """));
        Route.Answer = (request, _) => Task.FromResult(
            request.RequestUri!.AbsolutePath == CredentialsPath + "Gone" ? FakeRegistry.Reply(HttpStatusCode.NotFound, "<html>404 - Not Found</html>", "text/html") : null);

        Assert.EndsWith("ECS metadata: the role 'Gone' does not exist, or is not attached to this instance (HTTP 404).", Rejection(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_instance_without_role()
    {
        WriteConfig(Profile("EcsRamRole", """ "ram_role_name": "" """));
        Route.Answer = (request, _) => Task.FromResult(
            request.RequestUri!.AbsolutePath == CredentialsPath ? FakeRegistry.Reply(HttpStatusCode.NotFound, "<html>404 - Not Found</html>", "text/html") : null);

        Assert.EndsWith("ECS metadata: no RAM role is attached to this instance (HTTP 404).", Rejection(), StringComparison.Ordinal);
    }

    [Fact]
    public void Uses_role_of_credentials_file()
    {
        TestEnvironment.Write(Environment.CredentialsFile, "[default]\ntype = ecs_ram_role\nrole_name = EmulatorRole\n");

        AssertLists();
        Assert.Equal(2, Route.CallsTo(Metadata).Count());
    }

    private void AnswerTokens(HttpStatusCode status, string body = "") =>
        Route.Answer = (request, _) => Task.FromResult(request.Method == HttpMethod.Put ? FakeRegistry.Reply(status, body, "text/plain") : null);
}
