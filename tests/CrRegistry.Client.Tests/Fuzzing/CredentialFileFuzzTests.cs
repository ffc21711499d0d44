using System.Net;
using CrRegistry.Client.Credentials;
using CrRegistry.Client.Credentials.Profiles;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using Xunit.Abstractions;

namespace CrRegistry.Client.Tests.Fuzzing;

/// <summary>Mutated credential files in the chain. Each returns a complete credential, or an error that names the file and contains no secret.</summary>
public sealed class CredentialFileFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int Fewest = 300;

    private readonly TestEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task Chain_survives_mutated_files()
    {
        // Mutated commands are not run, because their effect is unknown.
        _environment.Set("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS", "1");

        var outcomes = await FuzzRun.OfAsync(output, Fewest, OutcomeAsync);

        if (outcomes is not null) Assert.Equal(["CLI: a credential", "CLI: an error", "INI: a credential", "INI: an error"], outcomes);
    }

    private async Task<string> OutcomeAsync(int seed)
    {
        var file = new MutatedCredentialFile(seed);
        var path = Write(file);
        var network = new StubNetwork(file.StsAnswers);
        var options = new CrConnectionOptions { ProfileName = file.ProfileName, MessageHandler = network, RetryPolicy = new RetryPolicy(new TestClock()) };
        Survive(() => ConnectionDefaults.Find(file.ProfileName, CancellationToken.None), file, path);

        var run = Run.Of(new CrConnection(options), Run.Query(Run.All), endpoint: FakeRegistry.Endpoint);

        var format = file.IsIni ? "INI" : "CLI";
        if (run.Failure is not null)
        {
            Check(run.Failure, file, path);
            Assert.False(network.WasAsked, "A request was sent without a credential.");
            return $"{format}: an error";
        }

        Assert.Equal(["v0"], run.Names);
        var credential = await new RefreshingCredentialProvider(CredentialChain.For(options), options.Clock).GetAsync(CancellationToken.None);
        Assert.True(IsUsable(credential.AccessKeyId), $"An id of '{credential.AccessKeyId}'.");
        Assert.True(IsUsable(credential.AccessKeySecret), "The secret is missing or invalid.");
        Assert.True(credential.SecurityToken is null || IsUsable(credential.SecurityToken), "The token is invalid.");
        return $"{format}: a credential";
    }

    private string Write(MutatedCredentialFile file)
    {
        var path = Path.Combine(_environment.Home, "mutated");
        File.WriteAllBytes(path, file.Bytes);
        _environment.Set("ALIBABA_CLOUD_CONFIG_FILE", file.IsIni ? null : path);
        _environment.Set("ALIBABA_CLOUD_CREDENTIALS_FILE", file.IsIni ? path : null);
        return path;
    }

    private static void Survive(Action find, MutatedCredentialFile file, string path)
    {
        try
        {
            find();
        }
        catch (CrApiException failure)
        {
            Check(failure, file, path);
        }
    }

    private static void Check(Exception exception, MutatedCredentialFile file, string path)
    {
        var failure = Assert.IsType<CrApiException>(exception);
        Assert.Equal(CrErrorCode.CredentialUnavailable, failure.Code);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        if (!file.IsNamedBySecret)
        {
            Assert.DoesNotContain(MutatedCredentialFile.Secret, failure.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(MutatedCredentialFile.Token, failure.ToString(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.InRange(failure.Message.Length, path.Length, 4000);
    }

    private static bool IsUsable(string value) => value.Length > 0 && value.All(character => character is > ' ' and <= '~');

    /// <summary>The registry with one tag, and the services that return credentials if they are available.</summary>
    private sealed class StubNetwork(bool serviceAnswers) : HttpMessageHandler
    {
        private const string Temporary = "\"AccessKeyId\":\"STS.test\",\"AccessKeySecret\":\"test\",\"SecurityToken\":\"test\",\"Expiration\":\"2099-01-01T00:00:00Z\"";

        public bool WasAsked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath is "/credentials" or "/cloud-credentials")
                return Reply($$"""{"Code":"Success",{{Temporary}},"CloudCredential":{ {{Temporary}} } }""");
            if (request.RequestUri.Host is "oauth.aliyun.com" or "oauth.alibabacloud.com")
                return Reply("""{"access_token":"a","refresh_token":"b","accessKeyId":"STS.test","accessKeySecret":"test","securityToken":"test","expiration":"2099-01-01T00:00:00Z"}""");
            if (request.RequestUri.IsLoopback)
            {
                WasAsked = true;
                return Task.FromResult(FakeRegistry.Reply(HttpStatusCode.OK, """{"Code":"success","IsSuccess":true,"TotalCount":"1","PageSize":100,"Images":[{"Tag":"v0"}]}"""));
            }

            Assert.Matches(@"^sts(-vpc)?(\.[a-z0-9-]+)?\.aliyuncs\.com\z", request.RequestUri.Host);
            return Reply($$"""{"Credentials":{ {{Temporary}} } }""");
        }

        private Task<HttpResponseMessage> Reply(string body) => serviceAnswers
            ? Task.FromResult(FakeRegistry.Reply(HttpStatusCode.OK, body))
            : throw new HttpRequestException("No route to host");
    }
}
