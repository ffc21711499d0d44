using System.Globalization;

namespace CrRegistry.Benchmarks.Serving;

/// <summary>What a server sees of one run: how many requests, and how many of them had to follow one another.</summary>
internal sealed class Traffic
{
    private readonly Lock _gate = new();
    private int _requests;
    private int _deepestEnded;

    /// <summary>A request has come.</summary>
    /// <returns>How many requests, itself included, followed one another up to it.</returns>
    public int Begin()
    {
        lock (_gate)
        {
            _requests++;
            return _deepestEnded + 1;
        }
    }

    /// <summary>Its reply is about to be sent.</summary>
    public void End(int depth)
    {
        lock (_gate) _deepestEnded = Math.Max(_deepestEnded, depth);
    }

    public override string ToString()
    {
        lock (_gate) return string.Create(CultureInfo.InvariantCulture, $"{_requests} {_deepestEnded}");
    }
}
