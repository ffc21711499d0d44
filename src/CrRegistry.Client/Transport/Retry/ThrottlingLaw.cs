namespace CrRegistry.Client.Transport.Retry;

/// <summary>
/// Decides when requests of one endpoint and key may start, from what the service answered so far: a control law that knows neither clock nor thread.
/// After a refusal nothing starts before the time that the service named; the number in flight halves, and grows by one after each full window
/// of successes; and two starts keep the distance at which the service was measured to let requests through, which each success shortens a little.
/// docs/reliability.md has what it was tried on.
/// </summary>
internal sealed class ThrottlingLaw(Func<double> random)
{
    /// <summary>Without a success for so long there is no hope.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The longest wait that a service may ask for.</summary>
    public static readonly TimeSpan LongestGate = TimeSpan.FromSeconds(60);

    /// <summary>A measure of what the service lets through is not trusted beyond this: waiting for it would take longer than asking.</summary>
    private static readonly TimeSpan s_longestDistance = TimeSpan.FromSeconds(1);

    /// <summary>What each success leaves of the distance: one refusal in about thirty requests finds out whether the service allows more.</summary>
    private const double DistanceLeft = 0.98;

    private int _limit = int.MaxValue;
    private int _inFlight;

    /// <summary>Counts the refusals that were acted upon. Who started before one and is refused after it says nothing new.</summary>
    private int _round;
    private int _successesOfWindow;
    private int _refusalsInARow;

    private TimeSpan _gate;
    private TimeSpan _nextStart;
    private TimeSpan _distance;
    private TimeSpan _measuredFrom;
    private int _successesMeasured;
    private TimeSpan _lastEnd;
    private TimeSpan _lastRefusal;
    private TimeSpan _refusedSince;

    /// <summary>How long a request has to wait: zero if it may start; null if another one has to end first.</summary>
    public TimeSpan? TimeToStart(TimeSpan now)
    {
        if (_inFlight >= _limit) return null;
        var start = Max(_gate, _nextStart);
        return start > now ? start - now : TimeSpan.Zero;
    }

    /// <summary>A request starts.</summary>
    /// <returns>Its round, to be given back with its result.</returns>
    public int Start(TimeSpan now)
    {
        // Time in which nobody asked says nothing about what the service lets through.
        if (_inFlight == 0) _measuredFrom += now - Min(now, Max(_lastEnd, Max(_gate, _nextStart)));
        _inFlight++;
        _nextStart = now + _distance;
        return _round;
    }

    /// <summary>A request that had started is over, however it ended.</summary>
    public void End(TimeSpan now)
    {
        _inFlight--;
        _lastEnd = now;
    }

    /// <summary>For how long nothing has been in flight, and nothing had to wait.</summary>
    public TimeSpan IdleTime(TimeSpan now) => _inFlight > 0 ? TimeSpan.Zero : now - Max(_lastEnd, _gate);

    /// <summary>The service did what it was asked.</summary>
    public void Succeed(int round)
    {
        _refusalsInARow = 0;
        _successesMeasured++;
        _distance = TimeSpan.FromTicks((long)(_distance.Ticks * DistanceLeft));
        if (round != _round || ++_successesOfWindow < _limit) return;
        _limit++;
        _successesOfWindow = 0;
    }

    /// <summary>The service refused, because it is asked too often.</summary>
    /// <param name="round">The round of the request.</param>
    /// <param name="now">The time.</param>
    /// <param name="retryAfter">How long the service asks to wait; null where it does not say.</param>
    /// <returns>How long it is left alone; null where it has refused everything for <see cref="Patience"/>.</returns>
    public TimeSpan? Refuse(int round, TimeSpan now, TimeSpan? retryAfter)
    {
        if (_refusalsInARow == 0 || now - _lastRefusal > Patience) _refusedSince = now;
        _lastRefusal = now;
        var isNews = round == _round;
        if (retryAfter is not null || isNews) _gate = Max(_gate, now + Min(LongestGate, retryAfter ?? Backoff.Next(_refusalsInARow, random())));
        if (isNews) SlowDown();
        return now - _refusedSince < Patience ? _gate - now : null;
    }

    private void SlowDown()
    {
        _round++;
        _refusalsInARow++;
        _limit = Math.Max(1, _inFlight / 2);
        _successesOfWindow = 0;
        if (_successesMeasured > 0) _distance = Min(s_longestDistance, TimeSpan.FromTicks((_gate - _measuredFrom).Ticks / _successesMeasured));
        _successesMeasured = 0;
        _measuredFrom = _gate;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
