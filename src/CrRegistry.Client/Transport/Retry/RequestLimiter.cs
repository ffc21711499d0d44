namespace CrRegistry.Client.Transport.Retry;

/// <summary>Starts the requests of one endpoint and key in their order, when the <see cref="AdaptiveRateController"/> allows.</summary>
internal sealed class RequestLimiter
{
    private readonly TimeProvider _clock;
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly AdaptiveRateController _rate;
    private readonly Queue<TaskCompletionSource<Place>> _waiting = new();

    public RequestLimiter(TimeProvider clock, Func<double> random)
    {
        _clock = clock;
        _origin = clock.GetTimestamp();
        _rate = new AdaptiveRateController(random);
        _timer = clock.CreateTimer(static state => ((RequestLimiter)state!).Admit(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The time for which no request was in flight or waited.</summary>
    public TimeSpan IdleTime
    {
        get
        {
            lock (_waiting) return _waiting.Count > 0 ? TimeSpan.Zero : _rate.IdleTime(Now);
        }
    }

    private TimeSpan Now => _clock.GetElapsedTime(_origin);

    /// <summary>Waits until a request may start. The caller disposes the place when the request has ended.</summary>
    public async Task<Place> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new TaskCompletionSource<Place>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting) _waiting.Enqueue(waiter);
        Admit();
        using (cancellationToken.Register(static state => ((TaskCompletionSource<Place>)state!).TrySetCanceled(), waiter))
            return await waiter.Task.ConfigureAwait(false);
    }

    private void Admit()
    {
        lock (_waiting)
        {
            while (_waiting.Count > 0)
            {
                // A waiter that was canceled is skipped.
                if (!_waiting.Peek().Task.IsCompleted)
                {
                    if (_rate.TimeToStart(Now) is not { } wait) return;
                    if (wait > TimeSpan.Zero)
                    {
                        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                        return;
                    }

                    var place = new Place(this, _rate.Start(Now));
                    if (!_waiting.Peek().TrySetResult(place)) _rate.End(Now);
                }

                _waiting.Dequeue();
            }
        }
    }

    /// <summary>A request in flight.</summary>
    internal sealed class Place(RequestLimiter limiter, int round) : IDisposable
    {
        private bool _ended;

        /// <summary>Notes a success.</summary>
        public void Succeed()
        {
            lock (limiter._waiting) limiter._rate.Succeed(round);
        }

        /// <summary>Notes that the service rejected the request because of throttling.</summary>
        /// <param name="retryAfter">The wait that the service specified; null if it did not.</param>
        /// <returns>The time before the next request; null if every request was rejected for too long.</returns>
        public TimeSpan? Reject(TimeSpan? retryAfter)
        {
            lock (limiter._waiting) return limiter._rate.Reject(round, limiter.Now, retryAfter);
        }

        public void Dispose()
        {
            if (_ended) return;
            _ended = true;
            lock (limiter._waiting) limiter._rate.End(limiter.Now);
            limiter.Admit();
        }
    }
}
