namespace CrRegistry.Client.Transport.Retry;

/// <summary>
/// A limiter for each endpoint and key: the service throttles by those, and pipelines that run side by side share them.
/// One that nobody has used for a while is forgotten, so that a long-lived process does not gather them.
/// </summary>
internal sealed class RequestLimiters(TimeProvider clock)
{
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(string Authority, string AccessKeyId), RequestLimiter> _limiters = [];

    public int Count
    {
        get
        {
            lock (_limiters) return _limiters.Count;
        }
    }

    public RequestLimiter For(Uri endpoint, string accessKeyId)
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
}
