namespace CrRegistry.Client.Transport.Retry;

/// <summary>Lets the requests of one endpoint and key start, in the order in which they came, as the <see cref="AdaptiveRateController"/> allows.</summary>
internal sealed class RequestLimiter
{
    private readonly TimeProvider _clock;
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly AdaptiveRateController _law;
    private readonly Queue<TaskCompletionSource<Place>> _waiting = new();

    public RequestLimiter(TimeProvider clock, Func<double> random)
    {
        _clock = clock;
        _origin = clock.GetTimestamp();
        _law = new AdaptiveRateController(random);
        _timer = clock.CreateTimer(static state => ((RequestLimiter)state!).Admit(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>For how long no request has been under way or waited.</summary>
    public TimeSpan IdleTime
    {
        get
        {
            lock (_waiting) return _waiting.Count > 0 ? TimeSpan.Zero : _law.IdleTime(Now);
        }
    }

    private TimeSpan Now => _clock.GetElapsedTime(_origin);

    /// <summary>Waits until a request may start. Disposing the place says that it is over.</summary>
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
                // Who has given up waiting is passed over, and counts for nothing.
                if (!_waiting.Peek().Task.IsCompleted)
                {
                    if (_law.TimeToStart(Now) is not { } wait) return;
                    if (wait > TimeSpan.Zero)
                    {
                        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                        return;
                    }

                    var place = new Place(this, _law.Start(Now));
                    if (!_waiting.Peek().TrySetResult(place)) _law.End(Now);
                }

                _waiting.Dequeue();
            }
        }
    }

    /// <summary>A request that is under way.</summary>
    internal sealed class Place(RequestLimiter limiter, int round) : IDisposable
    {
        private bool _ended;

        /// <summary>The service did what it was asked.</summary>
        public void Succeed()
        {
            lock (limiter._waiting) limiter._law.Succeed(round);
        }

        /// <summary>The service refused, because it is asked too often.</summary>
        /// <param name="retryAfter">How long it asks to wait; null where it does not say.</param>
        /// <returns>How long it is left alone; null where it has refused everything for so long that there is no hope.</returns>
        public TimeSpan? Refuse(TimeSpan? retryAfter)
        {
            lock (limiter._waiting) return limiter._law.Refuse(round, limiter.Now, retryAfter);
        }

        public void Dispose()
        {
            if (_ended) return;
            _ended = true;
            lock (limiter._waiting) limiter._law.End(limiter.Now);
            limiter.Admit();
        }
    }
}
