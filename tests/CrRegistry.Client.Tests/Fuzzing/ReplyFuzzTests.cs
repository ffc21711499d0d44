using CrRegistry.Client.Api;
using CrRegistry.Client.Decoding;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Requests;
using Xunit.Abstractions;

namespace CrRegistry.Client.Tests.Fuzzing;

/// <summary>Mutated replies in all decoders. They return the content of the body or throw a CrApiException.</summary>
public sealed class ReplyFuzzTests(ITestOutputHelper output)
{
    private const int Fewest = 3_000;

    private static readonly TimeSpan s_ample = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Decoders_survive_mutated_replies()
    {
        var outcomes = await FuzzRun.OfAsync(output, Fewest, seed => OutcomeAsync(new MutatedReply(seed)));

        // A run without one of the outcomes would not test it.
        if (outcomes is not null) Assert.Equal(["a cut reply", "a list", "a rejection", "a wrong reply", "an empty list"], outcomes);
    }

    [Fact]
    public async Task Decoders_of_scans_survive_mutated_replies()
    {
        var outcomes = await FuzzRun.OfAsync(output, Fewest, seed => OutcomeOfScanAsync(new MutatedReply(seed, MutatedReply.Scans)));

        if (outcomes is not null) Assert.Equal(["a list", "a scan", "a wrong reply"], outcomes);
    }

    // XML with a wrong encoding in its declaration. XmlReader threw an exception that is not an XmlException.
    [Fact]
    public async Task Rejects_reply_that_crashed_decoder() => Assert.Equal("a wrong reply", await OutcomeAsync(new MutatedReply(900064695)));

    private static async Task<ApiReply> SendAsync(MutatedReply mutated)
    {
        using var answer = new Answer(mutated.ToResponse());
        var http = new HttpExchange(FakeRegistry.Endpoint, new CrConnectionOptions { MessageHandler = answer, ConnectionTimeout = s_ample, OperationTimeout = s_ample });
        using var message = new HttpRequestMessage(HttpMethod.Get, FakeRegistry.Endpoint);
        return await http.SendAsync("ListRepoTag", message, CancellationToken.None) with { StringToSign = "GET&%2F&AccessKeyId%3Dtest-id" };
    }

    private static async Task<string> OutcomeOfScanAsync(MutatedReply mutated)
    {
        var reply = await SendAsync(mutated);
        ScanStatusReply? status = null;
        Page<TagVulnerability>? page = null;
        Survive(() => status = ReplyDecoder.Decode(reply, ReplyJson.Default.ScanStatusReply));
        Survive(() => ReplyDecoder.Decode(reply, ReplyJson.Default.ScanSummaryReply));
        Survive(() => page = Replies.Vulnerabilities(reply));
        if (page is { Rows.Count: > 0 })
        {
            Assert.All(page.Rows, row => Assert.NotEmpty($"{row.CveName}{row.Feature}"));
            return "a list";
        }

        return string.IsNullOrEmpty(status?.Status) ? "a wrong reply" : "a scan";
    }

    private static async Task<string> OutcomeAsync(MutatedReply mutated)
    {
        var reply = await SendAsync(mutated);
        Survive(() => Replies.Tag(reply));
        Survive(() => ReplyDecoder.Decode(reply, ReplyJson.Default.RepositoryFields));
        Survive(() => ReplyDecoder.Decode(reply, ReplyJson.Default.ListInstanceEndpointReply));
        Survive(() => ReplyDecoder.Decode(reply, ReplyJson.Default.AuthorizationTokenReply));
        Survive(() => AnyRows.Decode(reply, Operation.ListRepoTag));
        Check(ServiceErrorReader.Read(reply));

        Page<ImageTag> page;
        try
        {
            page = Replies.Page(reply);
        }
        catch (CrApiException failure)
        {
            Check(failure);
            return failure.Code != CrErrorCode.InvalidResult ? "a rejection" : failure.IsTransient ? "a cut reply" : "a wrong reply";
        }

        var oracle = ReplyOracle.Of(mutated.Body);
        Assert.NotNull(oracle);
        Assert.Equal(oracle.Rows, page.Rows.Select(tag => tag.Tag));
        if (page.Rows.Count > 0) return "a list";
        Assert.True(oracle.SaysNone, "It passed for an empty list.");
        return "an empty list";
    }

    private static void Survive(Action decode)
    {
        try
        {
            decode();
        }
        catch (CrApiException failure)
        {
            Check(failure);
        }
    }

    private static void Check(CrApiException failure)
    {
        Assert.NotEmpty(failure.Code);
        Assert.InRange(failure.Message.Length, 20, 2000);
        Assert.False((failure.Message + failure.Code + failure.RequestId + failure.Recommend).Any(char.IsControl), failure.Message);
        Assert.DoesNotContain("string to sign", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("AccessKeyId%3D", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Answer(HttpResponseMessage response) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(response);
    }
}
