using System.Runtime.CompilerServices;
using Polly;
using Polly.Retry;

namespace CrRegistry.Client.Transport.Retry;

/// <summary>What all requests of the process share: the rules of trying again, and a limiter for each endpoint and key.</summary>
internal sealed class RetryPolicy(TimeProvider clock)
{
    private static readonly RetryPolicy s_ofProcess = new(TimeProvider.System);
    private static readonly ConditionalWeakTable<HttpMessageHandler, RetryPolicy> s_ofHandlers = new();

    /// <summary>Tries in all, where the service does not ask for patience.</summary>
    private const int MostTries = 4;

    /// <summary>
    /// From the outside in: a refused token is renewed once; a service that is not well and a reply that is lost have four tries each,
    /// since one says nothing of the other; throttling counts against time, and not against tries, which the limiter sees to, as it sees to the waiting.
    /// </summary>
    private readonly Lazy<ResiliencePipeline<Attempt>> _retry = new(() => new ResiliencePipelineBuilder<Attempt> { TimeProvider = clock }
        .AddRetry(On(FailureKind.TokenRefused, 1, _ => TimeSpan.Zero))
        .AddRetry(On(FailureKind.ServiceFailed, MostTries - 1, failures => Backoff.Next(failures, Backoff.Random())))
        .AddRetry(On(FailureKind.ReplyLost, MostTries - 1, failures => Backoff.Next(failures, Backoff.Random())))
        .AddRetry(On(FailureKind.Throttled, int.MaxValue, _ => TimeSpan.Zero))
        .Build());

    public RequestLimiters Limiters { get; } = new(clock);

    /// <summary>What takes the network's place is another service, whose limits say nothing about the real one's.</summary>
    public static RetryPolicy For(HttpMessageHandler? handler) =>
        handler is null ? s_ofProcess : s_ofHandlers.GetValue(handler, _ => new RetryPolicy(TimeProvider.System));

    public ResiliencePipeline<Attempt> Retry => _retry.Value;

    private static RetryStrategyOptions<Attempt> On(FailureKind kind, int retries, Func<int, TimeSpan> delay) => new()
    {
        ShouldHandle = args => new ValueTask<bool>(args.Outcome.Result?.Kind == kind),
        MaxRetryAttempts = retries,
        DelayGenerator = args => new ValueTask<TimeSpan?>(delay(args.AttemptNumber)),
        OnRetry = args => args.Outcome.Result!.TellOfRetryAsync(args.RetryDelay, args.Context.CancellationToken),
    };
}
