namespace CrRegistry.Emulator.Signatures;

/// <summary>Stores the nonces of the last half hour. An older request is rejected because of its date.</summary>
internal sealed class NonceLedger
{
    private static readonly TimeSpan s_memory = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset At, string Nonce)> _byAge = new();

    public int Count
    {
        get
        {
            lock (_gate)
                return _known.Count;
        }
    }

    /// <summary>Adds a nonce.</summary>
    /// <returns>True if the nonce is new.</returns>
    public bool TryUse(string nonce, DateTimeOffset now)
    {
        lock (_gate)
        {
            while (_byAge.TryPeek(out var oldest) && now - oldest.At > s_memory)
                _known.Remove(_byAge.Dequeue().Nonce);
            if (!_known.Add(nonce))
                return false;
            _byAge.Enqueue((now, nonce));
            return true;
        }
    }
}
