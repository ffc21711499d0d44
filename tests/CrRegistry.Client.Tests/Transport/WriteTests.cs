using System.Threading.Channels;
using CrRegistry.Client.Api;
using CrRegistry.Client.Credentials;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Emulator;
using CrRegistry.Emulator.Faults;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Transport;

/// <summary>Writes to the emulator, which verifies signatures with its own code.</summary>
public sealed class WriteTests : IAsyncLifetime
{
    private EmulatorServer _server = null!;

    public async Task InitializeAsync() => _server = await EmulatorServer.StartAsync(new EmulatorOptions { TagCount = 3 });

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData(CrFormat.Json)]
    [InlineData(CrFormat.Xml)]
    public async Task Deletes_tag(CrFormat format)
    {
        await DeleteAsync(format);

        Assert.Null(_server.Registry.Repositories[0].Find("v1"));
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData(CrFormat.Json, FaultKind.Reset)]
    [InlineData(CrFormat.Json, FaultKind.CutBody)]
    [InlineData(CrFormat.Xml, FaultKind.Reset)]
    [InlineData(CrFormat.Xml, FaultKind.CutText)]
    public async Task Deletes_tag_once_if_reply_is_lost(CrFormat format, FaultKind kind)
    {
        _server.OnCall = (_, _) => Task.FromResult<Fault?>(new Fault(kind));

        var failure = await Assert.ThrowsAsync<CrApiException>(() => DeleteAsync(format));

        Assert.True(failure.IsOutcomeUnknown);
        Assert.Null(_server.Registry.Repositories[0].Find("v1"));
        Assert.Single(_server.Requests);
    }

    private async Task DeleteAsync(CrFormat format) =>
        await new ApiTransport(
            _server.Address,
            new HttpExchange(_server.Address, new CrConnectionOptions { ConnectionTimeout = TimeSpan.FromSeconds(30) }),
            new ExplicitCredentialProvider(new Credential(_server.AccessKeyId, _server.AccessKeySecret)),
            format == CrFormat.Xml ? new RpcV1Signer() : new Acs3Signer(),
            new RetryPolicy(new TestClock()),
            new JobContext(Channel.CreateUnbounded<JobMessage>().Writer, new SemaphoreSlim(1), 1, () => { }))
        .SendAsync(
            Operation.DeleteRepoTag,
            new Dictionary<string, string> { ["InstanceId"] = _server.InstanceId, ["RepoId"] = _server.RepoId, ["Tag"] = "v1" },
            reply => ReplyDecoder.Decode(reply, ReplyJson.Default.ImageFields),
            CancellationToken.None);
}
