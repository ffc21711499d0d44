namespace CrRegistry.Client.Transport.Retry;

/// <summary>Exponential backoff with full jitter: a random wait up to a limit that doubles, so that callers that failed together do not retry together.</summary>
internal static class Backoff
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);
    private static readonly Random s_random = new();

    /// <param name="failures">The number of failed attempts before the last one, from 0.</param>
    /// <param name="random">A number from 0 to 1.</param>
    public static TimeSpan Next(int failures, double random) =>
        TimeSpan.FromMilliseconds(random * Math.Min(s_longest.TotalMilliseconds, s_first.TotalMilliseconds * Math.Pow(2, failures)));

    public static double Random()
    {
        lock (s_random) return s_random.NextDouble();
    }
}
