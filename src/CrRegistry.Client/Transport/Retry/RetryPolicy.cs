using System.Runtime.CompilerServices;
using Polly;
using Polly.Retry;

namespace CrRegistry.Client.Transport.Retry;

/// <summary>The retry rules and the rate limiters, which all requests of the process share.</summary>
internal sealed class RetryPolicy(TimeProvider clock)
{
    private static readonly RetryPolicy s_ofProcess = new(TimeProvider.System);
    private static readonly ConditionalWeakTable<HttpMessageHandler, RetryPolicy> s_ofHandlers = new();
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(5);

    /// <summary>The number of attempts for each kind of failure that is not throttling.</summary>
    private const int MaxAttempts = 4;

    /// <summary>
    /// The retry rules, the outermost first. A rejected token is renewed once. Failures of the service and lost replies have four attempts each,
    /// because they are independent. Throttling is limited by time, not by attempts. The limiter measures that time and enforces the waits.
    /// </summary>
    private readonly Lazy<ResiliencePipeline<Attempt>> _retry = new(() => new ResiliencePipelineBuilder<Attempt> { TimeProvider = clock }
        .AddRetry(On(FailureKind.TokenRejected, 1, _ => TimeSpan.Zero))
        .AddRetry(On(FailureKind.ServiceFailed, MaxAttempts - 1, failures => Backoff.Next(failures, Backoff.Random())))
        .AddRetry(On(FailureKind.ReplyLost, MaxAttempts - 1, failures => Backoff.Next(failures, Backoff.Random())))
        .AddRetry(On(FailureKind.Throttled, int.MaxValue, _ => TimeSpan.Zero))
        .Build());

    private readonly Dictionary<(string Authority, string AccessKeyId), RequestLimiter> _limiters = [];

    /// <summary>The number of limiters in use.</summary>
    public int LimiterCount
    {
        get
        {
            lock (_limiters) return _limiters.Count;
        }
    }

    /// <summary>Returns the rules of the process, or those of a handler that replaces the network. Such a handler has limits of its own.</summary>
    public static RetryPolicy For(HttpMessageHandler? handler) =>
        handler is null ? s_ofProcess : s_ofHandlers.GetValue(handler, _ => new RetryPolicy(TimeProvider.System));

    public TimeProvider Clock => clock;

    public ResiliencePipeline<Attempt> Retry => _retry.Value;

    /// <summary>
    /// Returns the limiter for an endpoint and a key, by which the service throttles. Pipelines that run side by side share it. A limiter that was
    /// not used for five minutes is removed, so that a long-lived process does not collect them.
    /// </summary>
    public RequestLimiter LimiterFor(Uri endpoint, string accessKeyId)
    {
        var key = (endpoint.Authority, accessKeyId);
        lock (_limiters)
        {
            if (!_limiters.TryGetValue(key, out var limiter))
            {
                foreach (var idle in _limiters.Where(entry => entry.Value.IdleTime > s_idle).Select(entry => entry.Key).ToList()) _limiters.Remove(idle);
                _limiters.Add(key, limiter = new RequestLimiter(clock, Backoff.Random));
            }

            return limiter;
        }
    }

    private static RetryStrategyOptions<Attempt> On(FailureKind kind, int retries, Func<int, TimeSpan> delay) => new()
    {
        ShouldHandle = args => new ValueTask<bool>(args.Outcome.Result?.Kind == kind),
        MaxRetryAttempts = retries,
        DelayGenerator = args => new ValueTask<TimeSpan?>(delay(args.AttemptNumber)),
        OnRetry = args => args.Outcome.Result!.ReportRetryAsync(args.RetryDelay, args.Context.CancellationToken),
    };
}
