namespace CrRegistry.Client.Paging;

/// <summary>Finds out in which order the rows of a list are: the service documents none.</summary>
internal sealed class RowOrder
{
    private string? _key;
    private DateTime? _time;
    private bool _newestFirst = true;
    private bool _oldestFirst = true;
    private bool _keyUp = true;
    private bool _keyDown = true;

    /// <summary>Whether the rows so far are in order of their time. A row without one is in no such order.</summary>
    public bool IsOfTime => _newestFirst || _oldestFirst;

    /// <summary>Whether the rows so far are in order of time or of key, so that those which do not change stay as they are to one another.</summary>
    public bool IsKnown => IsOfTime || _keyUp || _keyDown;

    /// <param name="key">The key of the next row.</param>
    /// <param name="time">Its time in UTC: local times do not follow one another where the clocks go back.</param>
    public void Add(string key, DateTime? time)
    {
        var isFirst = _key is null;
        _newestFirst &= isFirst ? time is not null : time <= _time;
        _oldestFirst &= isFirst ? time is not null : time >= _time;
        var compared = isFirst ? 0 : string.CompareOrdinal(key, _key);
        _keyUp &= compared >= 0;
        _keyDown &= compared <= 0;
        (_key, _time) = (key, time);
    }
}
