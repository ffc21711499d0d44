namespace CrRegistry.Client.Transport.Retry;

/// <summary>
/// Decides when requests of one endpoint and key may start, from the replies so far: a control law without a clock and without threads.
/// After a refusal nothing starts before the time that the service named. A service that refuses a few requests at any rate gains nothing from
/// being asked more slowly, so each seven successes allow one refusal without further consequence. A refusal beyond that slows the requests down:
/// two starts then keep the distance at which the service was measured to let requests through, which each success shortens: by two percent, and
/// more if it is long, so that a second of successes undoes the most of it.
/// As long as nothing could be measured, the number in flight halves instead, and grows by one after each full window of successes.
/// docs/reliability.md has what it was tried on.
/// </summary>
internal sealed class AdaptiveRateController(Func<double> random)
{
    /// <summary>Without a success for so long there is no hope.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The longest wait that a service may ask for.</summary>
    public static readonly TimeSpan LongestGate = TimeSpan.FromSeconds(60);

    /// <summary>A measure of what the service lets through is not trusted beyond this: waiting for it would take longer than asking.</summary>
    private static readonly TimeSpan s_longestDistance = TimeSpan.FromSeconds(1);

    /// <summary>What each success leaves of the distance: one refusal in about thirty requests finds out whether the service allows more.</summary>
    private const double DistanceLeft = 0.98;

    /// <summary>
    /// The time in which successes shorten a long distance to a third. Two percent of each success would take 50 seconds for a distance of one:
    /// the list after a burst of refusals took as long.
    /// </summary>
    private static readonly TimeSpan s_recovery = TimeSpan.FromMilliseconds(400);

    /// <summary>The successes that allow one refusal: one in eight requests may be refused at any rate. A rate that is too high has more refused.</summary>
    private const int SuccessesForEachRefusal = 7;

    /// <summary>The refusals that the first success allows: a short list has no more successes to offer than a burst of refusals uses up.</summary>
    private const int FirstAllowance = 3 * SuccessesForEachRefusal;

    /// <summary>The most refusals that successes of the past allow in a row: they say little about the rate of now.</summary>
    private const int LargestAllowance = 5 * SuccessesForEachRefusal;

    private int _limit = int.MaxValue;
    private int _inFlight;

    /// <summary>Counts the refusals that were acted upon. Who started before one and is refused after it says nothing new.</summary>
    private int _round;
    private int _successesOfWindow;
    private int _refusalsInARow;

    /// <summary>The successes that no refusal has used up.</summary>
    private int _allowance;
    private bool _anySuccess;

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
        _allowance = _anySuccess ? Math.Min(LargestAllowance, _allowance + 1) : FirstAllowance;
        _anySuccess = true;
        _refusalsInARow = 0;
        _successesMeasured++;
        _distance = TimeSpan.FromTicks((long)(_distance.Ticks * Math.Min(DistanceLeft, Math.Exp(-(double)_distance.Ticks / s_recovery.Ticks))));
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
        var slowsDown = round == _round && !IsAllowed();
        if (retryAfter is not null || slowsDown) _gate = Max(_gate, now + Min(LongestGate, retryAfter ?? NextPause(now)));
        if (slowsDown) SlowDown();
        return now - _refusedSince < Patience ? Max(TimeSpan.Zero, _gate - now) : null;
    }

    /// <summary>Uses up the successes that allow one refusal; false if there are too few.</summary>
    private bool IsAllowed()
    {
        if (_allowance < SuccessesForEachRefusal) return false;
        _allowance -= SuccessesForEachRefusal;
        return true;
    }

    /// <summary>The pause after a refusal that named no time: no longer than the time in which the service let requests through before it.</summary>
    private TimeSpan NextPause(TimeSpan now)
    {
        var pause = Backoff.Next(_refusalsInARow, random());
        return _successesMeasured > 0 ? Min(pause, Max(TimeSpan.Zero, now - _measuredFrom)) : pause;
    }

    private void SlowDown()
    {
        _round++;
        _refusalsInARow++;
        _successesOfWindow = 0;
        if (_successesMeasured > 0) _distance = Min(s_longestDistance, TimeSpan.FromTicks((_gate - _measuredFrom).Ticks / _successesMeasured));
        else _limit = Math.Max(1, _inFlight / 2);
        _successesMeasured = 0;
        _measuredFrom = _gate;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
