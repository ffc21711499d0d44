namespace CrRegistry.Client.Listing;

/// <summary>Detects the order of the rows of a list, because the service documents no order.</summary>
/// <param name="keyOf">Returns the key of a row.</param>
internal sealed class RowOrder<TRow>(Func<TRow, string> keyOf)
{
    private bool _isEmpty = true;
    private TRow? _row;
    private DateTime? _time;
    private bool _newestFirst = true;
    private bool _oldestFirst = true;
    private bool _keyUp = true;
    private bool _keyDown = true;

    /// <summary>
    /// True if rows of equal time met at a page border, in any reading. Within equal times the order may differ from reply to reply, so that such a border
    /// may hide a row.
    /// </summary>
    public bool HasTieAtBorder { get; set; }

    /// <summary>True if the order of time shows the positions that rows move to. A row without a time is not in an order of time.</summary>
    public bool IsOfTime => (_newestFirst || _oldestFirst) && !HasTieAtBorder;

    /// <summary>True if the newest rows come first.</summary>
    public bool IsNewestFirst => _newestFirst;

    /// <summary>True if rows that do not change keep their positions relative to each other: they are in order of time or of key.</summary>
    public bool IsKnown => IsOfTime || _keyUp || _keyDown;

    /// <param name="row">The next row.</param>
    /// <param name="time">Its time in UTC, because local times are ambiguous when clocks are set back.</param>
    public void Add(TRow row, DateTime? time)
    {
        _newestFirst &= _isEmpty ? time is not null : time <= _time;
        _oldestFirst &= _isEmpty ? time is not null : time >= _time;
        // Keys are compared only until both orders of keys are excluded.
        if (!_isEmpty && (_keyUp || _keyDown)) AddKey(keyOf(row), keyOf(_row!));
        (_isEmpty, _row, _time) = (false, row, time);
    }

    private void AddKey(string key, string before)
    {
        var compared = string.CompareOrdinal(key, before);
        _keyUp &= compared >= 0;
        _keyDown &= compared <= 0;
    }
}
