using CrRegistry.Client.Tests.Support;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using Xunit.Abstractions;

namespace CrRegistry.Client.Tests.Fuzzing;

/// <summary>Mutated headers and framing on real connections of the loopback address. Each case ends with the complete list or with an error.</summary>
public sealed class HeaderFuzzTests(ITestOutputHelper output)
{
    private const int Fewest = 150;

    /// <summary>The number of mutated replies in a case. Later replies are valid, so that throttling does not last for two minutes.</summary>
    private const int SpoiltReplies = 6;

    [Fact]
    public async Task Transport_survives_mutated_headers()
    {
        MutatedHeaders spoilt = null!;
        var replies = 0;
        using var server = new RawServer(async connection =>
        {
            while ((await connection.ReadHeadAsync()).Length > 0)
            {
                if (Interlocked.Increment(ref replies) > SpoiltReplies)
                {
                    await connection.ReplyAsync("200 OK", MutatedHeaders.Body);
                    return;
                }

                await connection.Stream.WriteAsync(spoilt.Bytes);
                if (!spoilt.StaysOpen) return;
            }
        });

        var outcomes = await FuzzRun.OfAsync(output, Fewest, seed =>
        {
            spoilt = new MutatedHeaders(seed);
            replies = 0;
            return Task.FromResult(OutcomeOf(server.Endpoint));
        });

        if (outcomes is not null) Assert.Empty(new[] { "a connection that failed", "a list", "a list after other attempts", "a rejection", "a wrong reply" }.Except(outcomes));
    }

    private static string OutcomeOf(Uri endpoint)
    {
        var limit = TimeSpan.FromMilliseconds(300);
        var options = new CrConnectionOptions { Credential = Run.Credential, ConnectionTimeout = limit, OperationTimeout = limit, RetryPolicy = new RetryPolicy(new TestClock()) };

        var run = Run.Of(new CrConnection(options), Run.Query(Run.All), endpoint: endpoint);

        if (run.Failure is null)
        {
            Assert.Equal(["v0"], run.Names);
            return run.Retries.Count == 0 ? "a list" : "a list after other attempts";
        }

        var failure = Assert.IsType<CrApiException>(run.Failure);
        Assert.Empty(run.Names);
        Assert.NotEmpty(failure.Code);
        Assert.InRange(failure.Message.Length, 20, 2000);
        Assert.DoesNotContain(failure.Message + failure.RequestId, char.IsControl);
        return failure.Code switch
        {
            CrErrorCode.ConnectionFailed => "a connection that failed",
            CrErrorCode.RequestTimeout => "a timeout",
            CrErrorCode.InvalidResult => failure.IsTransient ? "a cut reply" : "a wrong reply",
            _ => "a rejection",
        };
    }
}
