using System.Globalization;
using System.Runtime.InteropServices;
using CrRegistry.Client.Operations;
using CrRegistry.Client.Paging;

namespace CrRegistry.Client.Tests.Paging.Simulation;

/// <summary>
/// A repository that changes between two requests. It keeps requests until one is picked, at random, to be answered,
/// so that a run is the same for the same seed, however many requests are under way.
/// </summary>
internal sealed class SimulatedRepository : IPageSource<ImageTag>
{
    private static readonly DateTime s_start = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly SimulatedOrder _order;
    private readonly double _changesPerRequest;
    private readonly double _shortPages;
    private readonly bool _tellsTotal;
    private readonly Random _random;
    private readonly List<ImageTag> _rows = [];
    private readonly List<Request> _waiting = [];
    private HashSet<string>? _throughout;
    private DateTime _now = s_start;
    private int _pushed;

    public SimulatedRepository(Situation situation, Random random)
    {
        (_order, _tellsTotal, _changesPerRequest, _shortPages) = (situation.Order, situation.TellsTotal, situation.ChangesPerRequest, situation.ShortPages);
        _random = random;
        _now = s_start.AddDays(-1);
        for (var (count, tags) = (0, random.Next(50, random.Next(2) == 0 ? 300 : 2500)); count < tags; count++) Push();
        _now = s_start;
    }

    /// <summary>The names that were there from the answer to the first request until now.</summary>
    public IReadOnlySet<string> Throughout => _throughout ?? [];

    public int Changes { get; private set; }

    public RowKind<ImageTag> Kind => RowKinds.Tags;

    public Task<ListPage<ImageTag>> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken)
    {
        var request = new Request(pageNo, pageSize, new TaskCompletionSource<ListPage<ImageTag>>());
        cancellationToken.Register(() => request.Answer.TrySetCanceled());
        _waiting.Add(request);
        return request.Answer.Task;
    }

    /// <summary>Changes something, or not, and answers one of the requests under way.</summary>
    public void AnswerOne()
    {
        var request = _waiting[_random.Next(_waiting.Count)];
        _waiting.Remove(request);
        if (_throughout is not null) ChangeSomething();
        _throughout ??= [.. _rows.Select(row => row.Tag)];
        _now = _now.AddMilliseconds(100);
        request.Answer.TrySetResult(PageOf(request));
        _waiting.RemoveAll(waiting => waiting.Answer.Task.IsCompleted);
    }

    private ListPage<ImageTag> PageOf(Request request)
    {
        if (_order == SimulatedOrder.Unstable) _random.Shuffle(CollectionsMarshal.AsSpan(_rows));
        var from = Math.Min(_rows.Count, (request.PageNo - 1) * request.PageSize);
        var page = _rows.GetRange(from, Math.Min(request.PageSize, _rows.Count - from));
        if (_random.NextDouble() < _shortPages) page.RemoveRange(page.Count / 2, page.Count - (page.Count / 2));

        // As in an HTTP header: no fraction of a second.
        var date = _now.AddTicks(-(_now.Ticks % TimeSpan.TicksPerSecond));
        return new ListPage<ImageTag>(request.PageNo, request.PageSize, _tellsTotal ? _rows.Count : null, page) { AnsweredAt = new DateTimeOffset(date) };
    }

    private void ChangeSomething()
    {
        while (_random.NextDouble() < _changesPerRequest)
        {
            Changes++;
            _now = _now.AddMilliseconds(10);
            switch (_random.Next(10))
            {
                case < 3:
                    Push();
                    break;
                case < 6:
                    DeleteAny();
                    break;
                case < 9:
                    // As a pipeline does that keeps the newest n: TotalCount stays.
                    Push();
                    DeleteAny();
                    break;
                default:
                    MoveAny();
                    break;
            }
        }
    }

    private void Push() => Insert(NewRow("t" + (_pushed++ * 7919 % 100_003).ToString("d6", CultureInfo.InvariantCulture)));

    private ImageTag NewRow(string name)
    {
        _now = _now.AddMilliseconds(1);
        return new ImageTag { Tag = name, ImageUpdate = _now.ToLocalTime() };
    }

    private void DeleteAny()
    {
        if (_rows.Count > 0) _throughout!.Remove(TakeAny().Tag);
    }

    /// <summary>Points a tag to another image: its time is new, and it never was away.</summary>
    private void MoveAny()
    {
        if (_rows.Count > 0) Insert(NewRow(TakeAny().Tag));
    }

    private ImageTag TakeAny()
    {
        var row = _rows[_random.Next(_rows.Count)];
        _rows.Remove(row);
        return row;
    }

    private void Insert(ImageTag row) => _rows.Insert(
        _order switch
        {
            SimulatedOrder.Newest => 0,
            SimulatedOrder.Name => ~_rows.BinarySearch(row, Comparer<ImageTag>.Create((one, other) => string.CompareOrdinal(one.Tag, other.Tag))),
            _ => _rows.Count,
        },
        row);

    private sealed record Request(int PageNo, int PageSize, TaskCompletionSource<ListPage<ImageTag>> Answer);
}
