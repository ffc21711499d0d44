namespace CrRegistry.Client.Tests.Support;

/// <summary>A service that throttles by one of the usual rules.</summary>
internal abstract class ThrottledService(double rate)
{
    protected double Rate { get; } = rate;

    /// <summary>A request arrives.</summary>
    /// <returns>Null if the request is accepted, or else the time to wait.</returns>
    public abstract TimeSpan? Ask(TimeSpan now);

    public static ThrottledService Of(string rule, double rate) => rule switch
    {
        "window" => new Window(rate),
        "bucket of 20" => new Bucket(rate, 20),
        "bucket of 5" => new Bucket(rate, 5),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };

    /// <summary>A service that rejects a share of all requests, independent of their rate.</summary>
    /// <param name="share">The share.</param>
    /// <param name="wait">The time that a rejected request must wait.</param>
    /// <param name="seed">The seed that selects the rejected requests; null for each nth request.</param>
    public static ThrottledService Rejecting(double share, TimeSpan wait, int? seed) => new Whatever(share, wait, seed is { } given ? new Random(given) : null);

    /// <summary>Accepts a number of requests in each second. The others must wait for the next second.</summary>
    private sealed class Window(double rate) : ThrottledService(rate)
    {
        private long _second = -1;
        private int _taken;

        public override TimeSpan? Ask(TimeSpan now)
        {
            var second = now.Ticks / TimeSpan.TicksPerSecond;
            if (second != _second) (_second, _taken) = (second, 0);
            return _taken++ < Rate ? null : TimeSpan.FromSeconds(second + 1) - now;
        }
    }

    /// <summary>A token bucket. Each request needs a token. Tokens are added at a fixed rate up to a maximum. The other requests must wait for the next token.</summary>
    private sealed class Bucket(double rate, double size) : ThrottledService(rate)
    {
        private double _missing;
        private TimeSpan _filled;

        public override TimeSpan? Ask(TimeSpan now)
        {
            _missing = Math.Max(0, _missing - ((now - _filled).TotalSeconds * Rate));
            _filled = now;
            if (_missing > size - 1) return TimeSpan.FromMilliseconds(Math.Ceiling((_missing - size + 1) / Rate * 1000));
            _missing++;
            return null;
        }
    }

    private sealed class Whatever(double share, TimeSpan wait, Random? random) : ThrottledService(0)
    {
        private int _asked;

        public override TimeSpan? Ask(TimeSpan now) =>
            (random is null ? ++_asked % (int)Math.Round(1 / share) == 0 : random.NextDouble() < share) ? wait : null;
    }
}
