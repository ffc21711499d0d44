using System.Globalization;

namespace CrRegistry.Benchmarks.Serving;

/// <summary>The requests of one run at the server: their number, and the number of those that had to follow one another.</summary>
internal sealed class Traffic
{
    private readonly Lock _gate = new();
    private int _requests;
    private int _deepestEnded;

    /// <summary>Counts a received request.</summary>
    /// <returns>The number of sequential requests up to this one, inclusive.</returns>
    public int Begin()
    {
        lock (_gate)
        {
            _requests++;
            return _deepestEnded + 1;
        }
    }

    /// <summary>Counts the reply of a request.</summary>
    public void End(int depth)
    {
        lock (_gate) _deepestEnded = Math.Max(_deepestEnded, depth);
    }

    public override string ToString()
    {
        lock (_gate) return string.Create(CultureInfo.InvariantCulture, $"{_requests} {_deepestEnded}");
    }
}
