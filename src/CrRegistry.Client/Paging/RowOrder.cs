namespace CrRegistry.Client.Paging;

/// <summary>Finds out in which order the rows of a list are: the service documents none.</summary>
internal sealed class RowOrder
{
    private string? _name;
    private DateTime? _time;
    private bool _newestFirst = true;
    private bool _oldestFirst = true;
    private bool _nameUp = true;
    private bool _nameDown = true;

    /// <summary>Whether the rows so far are in order of their ImageUpdate. A row without one is in no such order.</summary>
    public bool IsOfTime => _newestFirst || _oldestFirst;

    /// <summary>Whether the rows so far are in order of time or of name, so that those which do not change stay as they are to one another.</summary>
    public bool IsKnown => IsOfTime || _nameUp || _nameDown;

    /// <param name="name">The tag.</param>
    /// <param name="time">Its ImageUpdate in UTC: local times do not follow one another where the clocks go back.</param>
    public void Add(string name, DateTime? time)
    {
        var isFirst = _name is null;
        _newestFirst &= isFirst ? time is not null : time <= _time;
        _oldestFirst &= isFirst ? time is not null : time >= _time;
        var compared = isFirst ? 0 : string.CompareOrdinal(name, _name);
        _nameUp &= compared >= 0;
        _nameDown &= compared <= 0;
        (_name, _time) = (name, time);
    }
}
