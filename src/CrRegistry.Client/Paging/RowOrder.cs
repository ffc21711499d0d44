namespace CrRegistry.Client.Paging;

/// <summary>Finds out in which order the rows of a list are: the service documents none.</summary>
/// <param name="keyOf">The key of a row.</param>
internal sealed class RowOrder<TRow>(Func<TRow, string> keyOf)
{
    private bool _isEmpty = true;
    private TRow? _row;
    private DateTime? _time;
    private bool _newestFirst = true;
    private bool _oldestFirst = true;
    private bool _keyUp = true;
    private bool _keyDown = true;

    /// <summary>Whether the rows so far are in order of their time. A row without one is in no such order.</summary>
    public bool IsOfTime => _newestFirst || _oldestFirst;

    /// <summary>Whether the rows so far are in order of time or of key, so that those which do not change stay as they are to one another.</summary>
    public bool IsKnown => IsOfTime || _keyUp || _keyDown;

    /// <param name="row">The next row.</param>
    /// <param name="time">Its time in UTC: local times do not follow one another where the clocks go back.</param>
    public void Add(TRow row, DateTime? time)
    {
        _newestFirst &= _isEmpty ? time is not null : time <= _time;
        _oldestFirst &= _isEmpty ? time is not null : time >= _time;
        // Most lists are in order of time, where their keys need not be looked at for long.
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
