using System.Net;
using System.Threading.Channels;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Transport;

public sealed class TokenRenewalTests
{
    private readonly FakeRegistry _registry = FakeRegistry.WithTags(1);

    [Fact]
    public async Task Renews_rejected_token_and_signs_again()
    {
        _registry.Change = (request, _) => request.Headers["x-acs-security-token"] == "old" ? Rejection() : null;
        var provider = new Provider("old", "new");

        await SendAsync(provider);

        Assert.Equal(["old", "new"], _registry.Requests.Select(request => request.Headers["x-acs-security-token"]));
        Assert.Equal(["old"], provider.Rejected);
    }

    [Fact]
    public async Task Renews_token_once()
    {
        _registry.Change = (_, _) => Rejection();

        var failure = await Assert.ThrowsAsync<CrApiException>(() => SendAsync(new Provider("old", "new", "newer")));

        Assert.Equal("InvalidSecurityToken.Expired", failure.Code);
        Assert.Equal(2, _registry.Requests.Count);
    }

    [Fact]
    public async Task Does_not_retry_without_other_credential()
    {
        _registry.Change = (_, _) => Rejection();

        await Assert.ThrowsAsync<CrApiException>(() => SendAsync(new Provider("old")));

        Assert.Single(_registry.Requests);
    }

    private static HttpResponseMessage Rejection() => FakeRegistry.Reject(HttpStatusCode.BadRequest, "InvalidSecurityToken.Expired");

    private async Task SendAsync(ICredentialProvider provider)
    {
        var context = new JobContext(Channel.CreateUnbounded<JobMessage>().Writer, new SemaphoreSlim(1), 1, () => { });
        var http = new HttpExchange(FakeRegistry.Endpoint, new CrConnectionOptions { MessageHandler = _registry });
        await new ApiTransport(FakeRegistry.Endpoint, http, provider, new Acs3Signer(), new RetryPolicy(new TestClock()), context)
            .SendAsync(Operation.GetRepoTag, new Dictionary<string, string> { ["Tag"] = "v0" }, reply => reply.HttpStatus, CancellationToken.None);
    }

    private sealed class Provider(params string[] tokens) : ICredentialProvider
    {
        private readonly List<Credential> _credentials = [.. tokens.Select(token => new Credential("test-id", "test-secret", token))];
        private int _current;

        public List<string?> Rejected { get; } = [];

        public CredentialIdentity? Identity => null;

        public Task<Credential> GetAsync(CancellationToken cancellationToken) => Task.FromResult(_credentials[_current]);

        public Task<Credential> RenewAsync(Credential rejected, CancellationToken cancellationToken)
        {
            Rejected.Add(rejected.SecurityToken);
            _current = Math.Min(_current + 1, _credentials.Count - 1);
            return GetAsync(cancellationToken);
        }
    }
}
