namespace CrRegistry.Client.Tests.Support;

/// <summary>A clock that skips all waiting times, or stands still until a test moves it.</summary>
internal sealed class TestClock(bool skips = true) : TimeProvider
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Timer> _timers = [];
    private long _ticks;

    /// <summary>Ends when code waits for a time.</summary>
    public Task Waiting => _waiting.Task;

    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Runs when code reads the time.</summary>
    public Action? Asked { get; set; }

    public override long GetTimestamp()
    {
        Asked?.Invoke();
        return Interlocked.Read(ref _ticks);
    }

    public void Move(TimeSpan time)
    {
        Interlocked.Add(ref _ticks, time.Ticks);
        lock (_timers)
        {
            foreach (var timer in _timers.Where(timer => timer.Due <= Elapsed).ToList()) timer.Elapse();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Schedule(Timer timer, TimeSpan wait)
    {
        lock (_timers) _timers.Add(timer);
        _waiting.TrySetResult();
        if (skips) Move(wait);
    }

    private sealed class Timer(TestClock clock, Action elapsed) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Dispose();
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            Due = clock.Elapsed + dueTime;
            clock.Schedule(this, dueTime);
            return true;
        }

        public void Elapse()
        {
            Dispose();
            ThreadPool.QueueUserWorkItem(_ => elapsed());
        }

        public void Dispose()
        {
            lock (clock._timers) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
