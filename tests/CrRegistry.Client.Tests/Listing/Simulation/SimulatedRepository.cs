using System.Globalization;
using CrRegistry.Client.Api;
using CrRegistry.Client.Listing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing.Simulation;

/// <summary>
/// A repository that changes between two requests. It holds requests, and replies to a random one,
/// so that a run is the same for the same seed, independent of the number of requests in flight.
/// </summary>
internal sealed class SimulatedRepository : IPageSource<ImageTag>
{
    private const string TemporarySuffix = "_tmp";

    private static readonly DateTime s_start = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>The shared time of tags.</summary>
    private static readonly DateTime s_shared = s_start.AddDays(-1);

    private readonly Situation _situation;
    private readonly Random _random;
    private readonly List<Row> _rows = [];
    private readonly List<Request> _waiting = [];

    /// <summary>The rows at each reply, for replicas with old data.</summary>
    private readonly List<Row[]> _states = [];

    /// <summary>The number of rows after each request, and before the first ones.</summary>
    private readonly List<int> _counts = [];

    private readonly uint _salt;
    private readonly int _lag;
    private readonly int _offset;
    private readonly double _fraction;
    private HashSet<string>? _throughout;

    /// <summary>The last row, while it is deleted together with the push of a temporary tag.</summary>
    private Row? _lastRow;
    private Row[] _state = [];
    private DateTime _now = s_start.AddDays(-2);
    private DateTime _timeOfGroup;
    private int _leftOfGroup;
    private int _pushed;

    public SimulatedRepository(Situation situation, int seed)
    {
        _situation = situation;
        // Situations share seeds, but not repositories.
        _random = new SeededRandom(situation.ToString().Aggregate((ulong)seed, static (hash, letter) => unchecked((hash * 31) + letter)));
        (_salt, _lag, _offset, _fraction) = ((uint)_random.Next(int.MaxValue), _random.Next(1, 11), _random.Next(1, 151), 0.3 + (0.6 * _random.NextDouble()));
        for (var tags = NumberOfTags(); _pushed < tags;) Push();
        _now = s_start;
        // TotalCount may not include changes before the listing.
        for (var request = 0; request <= _lag; request++)
        {
            ChangeSomething();
            _counts.Add(_rows.Count);
            _states.Add([.. _rows]);
        }

        IsLastPageFull = _rows.Count > 0 && _rows.Count % _situation.LargestPage == 0;
    }

    /// <summary>The names that existed from the first reply until now.</summary>
    public IReadOnlySet<string> Throughout => _throughout ?? [];

    /// <summary>The names in the order of the list.</summary>
    public IReadOnlyList<string> Names => [.. _rows.Select(row => row.Tag.Tag)];

    /// <summary>True if the last page was full when the listing began.</summary>
    public bool IsLastPageFull { get; }

    public int Requests { get; private set; }

    /// <summary>True if the number of requests is so large that the listing does not end.</summary>
    public bool IsAskedWithoutEnd => Requests > 40 * ((2 * Pages) + _situation.InFlight + 3);

    /// <summary>The largest number of pages that existed.</summary>
    public int Pages { get; private set; } = 1;

    public RowKind<ImageTag> Kind => Tags.Rows;


    public Task<Page<ImageTag>> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken)
    {
        Requests++;
        var request = new Request(pageNo, pageSize, new TaskCompletionSource<Page<ImageTag>>());
        cancellationToken.Register(() => request.Answer.TrySetCanceled());
        _waiting.Add(request);
        return request.Answer.Task;
    }

    /// <summary>Makes a random change or none, and replies to one of the requests in flight.</summary>
    public void AnswerOne()
    {
        if (_waiting.Count == 0) throw new InvalidOperationException("The listing neither ends nor asks for a page.");
        var request = _waiting[_random.Next(_waiting.Count)];
        _waiting.Remove(request);
        if (_throughout is not null) ChangeSomething();
        _throughout ??= [.. _rows.Select(row => row.Tag.Tag)];
        _counts.Add(_rows.Count);
        _states.Add([.. _rows]);
        _state = [.. _situation.HasReplicas && _random.Next(2) == 0 ? _states[Math.Max(0, _states.Count - 1 - _lag)] : _states[^1]];
        Pages = Math.Max(Pages, PagesOf(_situation.LargestPage));
        _now = _now.AddMilliseconds(100);
        Answer(request);
        _waiting.RemoveAll(waiting => waiting.Answer.Task.IsCompleted);
    }

    private int NumberOfTags()
    {
        var tags = _random.Next(_situation.FewestRows, Math.Max(_situation.FewestRows + 1, _random.Next(2) == 0 ? Math.Min(300, _situation.MostRows) : _situation.MostRows));
        // A list with a full last page ends in a special way.
        if (_random.Next(3) == 0) tags = Math.Max(1, tags / _situation.LargestPage) * _situation.LargestPage;
        return Math.Max(0, tags + (_random.Next(6) == 0 ? _random.Next(-1, 2) : 0));
    }

    private int PagesOf(int pageSize) => Math.Max(1, (_state.Length + pageSize - 1) / pageSize);

    private void Answer(Request request)
    {
        var pageSize = Math.Min(request.PageSize, _situation.PageCap ?? RowRange.LargestPageSize);
        var pages = PagesOf(pageSize);
        var page = PageOf(request, pageSize, pages);
        if (request.PageNo > pages && _situation.PastEnd == SimulatedPastEnd.Rejection)
            request.Answer.TrySetException(new CrApiException("There is no such page.") { Code = "InvalidPageNo", HttpStatus = 400, Action = "ListRepoTag" });
        // As in the reader of replies.
        else if (request.PageNo == 1 && page.Rows.Count == 0 && page.TotalCount > 0)
            request.Answer.TrySetException(new CrApiException("Page 1 has no rows.") { Code = CrErrorCode.InvalidResult, HttpStatus = 200, Action = "ListRepoTag" });
        else
            request.Answer.TrySetResult(page);
    }

    private Page<ImageTag> PageOf(Request request, int pageSize, int pages)
    {
        var shown = _situation.IgnoresPageNo ? 1 : request.PageNo <= pages ? request.PageNo : _situation.PastEnd switch
        {
            SimulatedPastEnd.LastPage => pages,
            SimulatedPastEnd.FirstPage => 1,
            _ => request.PageNo,
        };
        var from = (int)Math.Min(_state.Length, (shown - 1L) * pageSize);
        var page = InOrderOf(request).Skip(from).Take(pageSize).Select(row => row.Tag).ToList();
        if (_random.NextDouble() < _situation.ShortPages) page.RemoveRange(page.Count / 2, page.Count - (page.Count / 2));
        return new Page<ImageTag>(request.PageNo, PageSizeOf(request, pageSize, page.Count), TotalCount(), page) { AnsweredAt = Date() };
    }

    /// <summary>Returns the PageSize in a reply. The reader of replies replaces 0 with the one that was requested.</summary>
    private int PageSizeOf(Request request, int effectiveSize, int rows) => _situation.Echo switch
    {
        SimulatedEcho.Effective => effectiveSize,
        SimulatedEcho.Rows when rows > 0 => rows,
        SimulatedEcho.One => 1,
        _ => request.PageSize,
    };

    private long? TotalCount()
    {
        var total = ClaimedTotal();
        // No value would show further rows, because page 1 has as many rows as TotalCount, and the reply does not contain the limited page size.
        return _situation.PageCap == total && _situation.Echo == SimulatedEcho.Requested && total < _state.Length ? total - 1 : total;
    }

    private long? ClaimedTotal() => _situation.Count switch
    {
        SimulatedCount.Low => Math.Max(0, _state.Length - _offset),
        SimulatedCount.Fraction => (long)(_state.Length * _fraction),
        SimulatedCount.Zero => 0,
        SimulatedCount.Lagging => _counts[^(_lag + 1)],
        SimulatedCount.CappedAt200 => Math.Min(_state.Length, 200),
        SimulatedCount.CappedAt1000 => Math.Min(_state.Length, 1000),
        SimulatedCount.Missing => null,
        SimulatedCount.SometimesMissing => _random.Next(2) == 0 ? null : _state.Length,
        SimulatedCount.Jumping => Math.Max(0, _state.Length + _random.Next(-3, 4)),
        SimulatedCount.SevenTooHigh => _state.Length + 7,
        SimulatedCount.HundredThousand => 100_000,
        SimulatedCount.LargestSafeInteger => (1L << 53) - 1,
        _ => _state.Length,
    };

    /// <summary>Returns the time without fractions of a second, as in an HTTP header.</summary>
    private DateTimeOffset? Date() => _situation.DateAhead is { } ahead && _now + ahead is var date ? new DateTimeOffset(date.AddTicks(-(date.Ticks % TimeSpan.TicksPerSecond))) : null;

    private Row[] InOrderOf(Request request)
    {
        var rows = _state;
        if (_situation.Order == SimulatedOrder.Unstable) _random.Shuffle(rows);
        if (!_situation.IsInOrderOfTime || _situation.Times == SimulatedTimes.Distinct || _situation.TieOrder == SimulatedTieOrder.Name) return rows;
        for (var (from, to) = (0, 0); from < rows.Length; from = to)
        {
            while (to < rows.Length && rows[to].Time == rows[from].Time) to++;
            if (to - from > 1) Arrange(rows.AsSpan(from, to - from), request);
        }

        return rows;
    }

    private void Arrange(Span<Row> ties, Request request)
    {
        if (_situation.TieOrder == SimulatedTieOrder.Random)
        {
            _random.Shuffle(ties);
            return;
        }

        var key = _salt + ((uint)request.PageSize * 31) + (_situation.TieOrder == SimulatedTieOrder.Page ? (uint)request.PageNo * 1_000_003 : 0);
        var keys = new uint[ties.Length];
        for (var row = 0; row < keys.Length; row++) keys[row] = Scramble(ties[row].Number, key);
        keys.AsSpan().Sort(ties);
    }

    /// <summary>Returns a number that is the same in every process, unlike a hash code.</summary>
    private static uint Scramble(uint number, uint key)
    {
        var scrambled = (number * 2_654_435_761) ^ (key * 2_246_822_519);
        scrambled = (scrambled ^ (scrambled >> 15)) * 2_246_822_519;
        return (scrambled ^ (scrambled >> 13)) * 3_266_489_917;
    }

    private void ChangeSomething()
    {
        while (_random.NextDouble() < _situation.ChangesPerRequest)
        {
            _now = _now.AddMilliseconds(10);
            if (_situation.HasTemporaryTag)
            {
                PushOrDeleteTemporary();
                continue;
            }

            switch (_random.Next(10))
            {
                case < 3:
                    Push();
                    break;
                case < 6:
                    DeleteAny();
                    break;
                case < 9:
                    // A build pipeline that keeps the newest n tags does the same. TotalCount does not change.
                    Push();
                    DeleteAny();
                    break;
                default:
                    MoveAny();
                    break;
            }
        }
    }

    private void PushOrDeleteTemporary()
    {
        var index = _rows.FindIndex(row => row.Tag.Tag.EndsWith(TemporarySuffix, StringComparison.Ordinal));
        if (index >= 0)
        {
            _throughout?.Remove(_rows[index].Tag.Tag);
            _rows.RemoveAt(index);
            if (_lastRow is { } last) Insert(last.Tag.Tag, last.Number);
            _lastRow = null;
            return;
        }

        if (_rows.Count == 0) return;
        var name = _rows[_random.Next(_rows.Count)].Tag.Tag + TemporarySuffix;
        if (_random.Next(2) == 0)
        {
            _lastRow = _rows[^1];
            _rows.RemoveAt(_rows.Count - 1);
            _throughout?.Remove(_lastRow.Tag.Tag);
        }

        Insert(name, (uint)_pushed++);
    }

    private void Push()
    {
        var number = (uint)(_pushed++ * 7919 % 100_003);
        Insert("t" + number.ToString("d6", CultureInfo.InvariantCulture), number);
    }

    private void DeleteAny()
    {
        if (_rows.Count == 0) return;
        var row = TakeAny();
        _throughout?.Remove(row.Tag.Tag);
    }

    /// <summary>Moves a tag to another image. It has a new time, and it existed all the time.</summary>
    private void MoveAny()
    {
        if (_rows.Count > 0 && TakeAny() is var row) Insert(row.Tag.Tag, row.Number);
    }

    private Row TakeAny()
    {
        var index = _random.Next(_rows.Count);
        var row = _rows[index];
        _rows.RemoveAt(index);
        return row;
    }

    private void Insert(string name, uint number)
    {
        var row = new Row(number, NextTime(), name);
        var index = _rows.BinarySearch(row, Comparer<Row>.Create(Compare));
        _rows.Insert(index < 0 ? ~index : index, row);
    }

    private int Compare(Row one, Row other)
    {
        var byTime = _situation.Order switch
        {
            SimulatedOrder.Newest => other.Time.CompareTo(one.Time),
            SimulatedOrder.Oldest or SimulatedOrder.Unstable => one.Time.CompareTo(other.Time),
            _ => 0,
        };
        return byTime != 0 ? byTime : string.CompareOrdinal(one.Tag.Tag, other.Tag.Tag);
    }

    private DateTime NextTime()
    {
        _now = _now.AddMilliseconds(1);
        if (_situation.KeepsTimes && _throughout is not null && _rows.Count > 0) return _rows[_random.Next(_rows.Count)].Time.AddTicks(1);
        if (_situation.Times == SimulatedTimes.Frozen || (_situation.Times == SimulatedTimes.One && _now < s_start)) return s_shared;
        if (_situation.Times == SimulatedTimes.Distinct || (_situation.Times != SimulatedTimes.Few && _now >= s_start)) return _now;
        if (_leftOfGroup-- > 0) return _timeOfGroup;
        _leftOfGroup = _situation.Times == SimulatedTimes.Few ? _random.Next(1, 5) : _random.Next(2) == 0 ? 0 : _random.Next(99, 400);
        return _timeOfGroup = _now;
    }

    private sealed record Row(uint Number, DateTime Time, ImageTag Tag)
    {
        public Row(uint number, DateTime time, string name) : this(number, time, new ImageTag { Tag = name, ImageUpdate = time.ToLocalTime() })
        {
        }
    }

    private sealed record Request(int PageNo, int PageSize, TaskCompletionSource<Page<ImageTag>> Answer);
}
