namespace CrRegistry.Client.Transport.Retry;

/// <summary>
/// Decides when requests of one endpoint and key may start, from the replies so far. It has neither a clock nor threads.
/// After a rejection, no request starts before the time that the service specified. Some services reject a few requests at any rate, so seven
/// successes allow one rejection without further consequence. Each further rejection slows the requests down: the distance between two starts
/// becomes the measured distance at which the service accepted requests. Each success shortens it by two percent, or more if it is long, so that
/// a second of successes removes most of it. Without a measurement, a rejection halves the number in flight instead, which then grows
/// by one after each full window of successes. docs/reliability.md has the measurements.
/// </summary>
internal sealed class AdaptiveRateController(Func<double> random)
{
    /// <summary>The time without a success after which a request fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The upper limit of the wait that the service specifies.</summary>
    public static readonly TimeSpan LongestGate = TimeSpan.FromSeconds(60);

    /// <summary>The longest distance that is trusted. Waiting longer would take more time than another attempt.</summary>
    private static readonly TimeSpan s_longestDistance = TimeSpan.FromSeconds(1);

    /// <summary>The part of a short distance that each success leaves. A long distance shortens faster: see <see cref="s_recovery"/>.</summary>
    private const double DistanceLeft = 0.98;

    /// <summary>
    /// The time in which successes shorten a long distance to a third. Two percent for each success would take 50 seconds for a distance of one second.
    /// The list after a burst of rejections took as long.
    /// </summary>
    private static readonly TimeSpan s_recovery = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// The successes that allow one rejection: one in eight requests may be rejected at any rate. At a rate that is too high, more are rejected.
    /// </summary>
    private const int SuccessesForEachRejection = 7;

    /// <summary>The allowance after the first success, in successes: three rejections, because a short list has few successes.</summary>
    private const int FirstAllowance = 3 * SuccessesForEachRejection;

    /// <summary>
    /// The upper limit of the allowance, in successes: five rejections in succession. Earlier successes are not evidence of the current rate.
    /// </summary>
    private const int LargestAllowance = 5 * SuccessesForEachRejection;

    private int _limit = int.MaxValue;
    private int _inFlight;

    /// <summary>The number of rejections that slowed the requests down. A request that started before such a rejection adds no information if it is rejected later.</summary>
    private int _round;
    private int _successesOfWindow;
    private int _rejectionsInARow;

    /// <summary>The successes that no rejection has used up.</summary>
    private int _allowance;
    private bool _anySuccess;

    private TimeSpan _gate;
    private TimeSpan _nextStart;
    private TimeSpan _distance;
    private TimeSpan _measuredFrom;
    private int _successesMeasured;
    private TimeSpan _lastEnd;
    private TimeSpan _lastRejection;

    /// <summary>The time of the first rejection since the last success; null after a success.</summary>
    private TimeSpan? _rejectedSince;

    /// <summary>Returns the time that a request has to wait: zero if it may start; null if another one must end first.</summary>
    public TimeSpan? TimeToStart(TimeSpan now)
    {
        if (_inFlight >= _limit) return null;
        var start = Max(_gate, _nextStart);
        return start > now ? start - now : TimeSpan.Zero;
    }

    /// <summary>Notes that a request starts.</summary>
    /// <returns>The round, which is needed to report the result.</returns>
    public int Start(TimeSpan now)
    {
        // Time without requests is not part of the measurement.
        if (_inFlight == 0) _measuredFrom += now - Min(now, Max(_lastEnd, Max(_gate, _nextStart)));
        _inFlight++;
        _nextStart = now + _distance;
        return _round;
    }

    /// <summary>Notes that a request ended, with any result.</summary>
    public void End(TimeSpan now)
    {
        _inFlight--;
        _lastEnd = now;
    }

    /// <summary>Returns the time since the last request ended, and since requests no longer have to wait.</summary>
    public TimeSpan IdleTime(TimeSpan now) => _inFlight > 0 ? TimeSpan.Zero : now - Max(_lastEnd, _gate);

    /// <summary>Notes a success.</summary>
    public void Succeed(int round)
    {
        _allowance = _anySuccess ? Math.Min(LargestAllowance, _allowance + 1) : FirstAllowance;
        _anySuccess = true;
        _rejectedSince = null;
        _rejectionsInARow = 0;
        _successesMeasured++;
        _distance = TimeSpan.FromTicks((long)(_distance.Ticks * Math.Min(DistanceLeft, Math.Exp(-(double)_distance.Ticks / s_recovery.Ticks))));
        if (round != _round || ++_successesOfWindow < _limit) return;
        _limit++;
        _successesOfWindow = 0;
    }

    /// <summary>Notes that the service rejected a request because of throttling.</summary>
    /// <param name="round">The round of the request.</param>
    /// <param name="now">The time.</param>
    /// <param name="retryAfter">The wait that the service specified; null if it did not.</param>
    /// <returns>The time before the next request; null if every request was rejected for <see cref="Patience"/>.</returns>
    public TimeSpan? Reject(int round, TimeSpan now, TimeSpan? retryAfter)
    {
        if (_rejectedSince is null || now - _lastRejection > Patience) _rejectedSince = now;
        _lastRejection = now;
        var slowsDown = round == _round && !IsAllowed();
        if (retryAfter is not null || slowsDown) _gate = Max(_gate, now + Min(LongestGate, retryAfter ?? NextPause(now)));
        if (slowsDown) SlowDown();
        return now - _rejectedSince < Patience ? Max(TimeSpan.Zero, _gate - now) : null;
    }

    /// <summary>True if there are enough successes to allow one rejection, which uses them up.</summary>
    private bool IsAllowed()
    {
        if (_allowance < SuccessesForEachRejection) return false;
        _allowance -= SuccessesForEachRejection;
        return true;
    }

    /// <summary>Returns the pause after a rejection without a specified wait. It is at most the time in which the service accepted requests before.</summary>
    private TimeSpan NextPause(TimeSpan now)
    {
        var pause = Backoff.Next(_rejectionsInARow, random());
        return _successesMeasured > 0 ? Min(pause, Max(TimeSpan.Zero, now - _measuredFrom)) : pause;
    }

    private void SlowDown()
    {
        _round++;
        _rejectionsInARow++;
        _successesOfWindow = 0;
        if (_successesMeasured > 0) _distance = Min(s_longestDistance, TimeSpan.FromTicks((_gate - _measuredFrom).Ticks / _successesMeasured));
        else _limit = Math.Max(1, _inFlight / 2);
        _successesMeasured = 0;
        _measuredFrom = _gate;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
