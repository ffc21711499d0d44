using System.Globalization;
using CrRegistry.Client.Operations;
using CrRegistry.Client.Operations.Json;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using Xunit.Abstractions;

namespace CrRegistry.Client.Tests.Fuzzing;

/// <summary>
/// Spoilt replies through all decoders: whatever comes, they answer with what the body says or with a CrApiException.
/// A long run by hand: set CRREGISTRY_FUZZ_CASES to how many, and CRREGISTRY_FUZZ_SEED to another number.
/// </summary>
public sealed class ReplyFuzzTests(ITestOutputHelper output)
{
    private const int DefaultCases = 3_000;

    private static readonly ApiRequest s_request = new(FakeRegistry.Endpoint, "ListRepoTag", new Dictionary<string, string>());

    private static readonly TimeSpan s_ample = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task No_reply_crashes_a_decoder_or_passes_for_an_empty_list()
    {
        var cases = Setting("CRREGISTRY_FUZZ_CASES", DefaultCases);
        var seed = Setting("CRREGISTRY_FUZZ_SEED", 20181201);
        var outcomes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var index = 0; index < cases; index++)
        {
            var mutated = new MutatedReply(unchecked(seed + index));
            try
            {
                var outcome = await OutcomeAsync(mutated);
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {unchecked(seed + index)}, HTTP {mutated.Status}, content type '{mutated.ContentType}', body {Convert.ToBase64String(mutated.Body)}: {exception}");
            }
        }

        output.WriteLine($"{cases} replies, seeds from {seed}: {string.Join(", ", outcomes.Select(outcome => $"{outcome.Key} {outcome.Value}"))}.");
        // A run in which something never came up would show nothing of it.
        if (cases >= DefaultCases) Assert.Equal(["a cut reply", "a list", "a refusal", "a wrong reply", "an empty list"], outcomes.Keys);
    }

    private static async Task<string> OutcomeAsync(MutatedReply mutated)
    {
        using var http = new HttpClient(new Answer(mutated.ToResponse()));
        using var message = new HttpRequestMessage(HttpMethod.Get, FakeRegistry.Endpoint);
        var reply = await new HttpExchange(http, s_ample, s_ample).SendAsync(s_request, message, CancellationToken.None) with { StringToSign = "GET&%2F&AccessKeyId%3Dtest-id" };
        Survive(() => new ImageTagReader(new RepositoryAddress("cri-test", null, "crr-test", null, null), new TagListingOrigin())
            .Read(reply, ReplyDecoder.Decode(reply, ReplyJson.Default.ImageFields), "it"));
        Survive(() => ReplyDecoder.Decode(reply, ReplyJson.Default.GetRepositoryReply));
        Check(RefusalReader.Read(reply));

        TagPage page;
        try
        {
            page = Replies.Page(reply);
        }
        catch (CrApiException failure)
        {
            Check(failure);
            return failure.Code != CrErrorCode.InvalidResult ? "a refusal" : failure.MayPass ? "a cut reply" : "a wrong reply";
        }

        var oracle = ReplyOracle.Of(mutated.Body);
        Assert.NotNull(oracle);
        Assert.Equal(oracle.Rows, page.Tags.Select(tag => tag.Tag));
        if (page.Tags.Count > 0) return "a list";
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

    private static int Setting(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : fallback;

    private sealed class Answer(HttpResponseMessage response) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(response);
    }
}
