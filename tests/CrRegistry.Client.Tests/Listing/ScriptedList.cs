using System.Globalization;
using System.Text.RegularExpressions;
using CrRegistry.Client.Listing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>
/// A list with a script, which sets the numbers in replies and the changes after each request. It replies immediately, so that the requests are in
/// a fixed order, and records them with the events of the listing.
/// </summary>
/// <remarks>
/// A script has phrases with commas between them. The rows <c>t000</c>, <c>t001</c> and so on are in order of time, the newest first, unless it has
/// <c>oldest</c> (first), <c>by name</c>, <c>no time</c>, <c>timeless N</c> (row N), <c>equal</c> (one time for all, in order of name), or
/// <c>by page</c> (one time for all, in another order on each page).
/// The service: <c>total N</c>; <c>first page again</c> or <c>last page again</c> past the end; <c>page 1 always</c>.
/// After request R: <c>push@R</c>, <c>push early@R</c> (before Date), <c>push now@R</c> (at Date), <c>push same@R</c> (at the time of the newest row),
/// <c>delete N@R</c>, <c>move N@R</c> (to the time of a push).
/// In reply R: <c>short@R</c> (half of the rows), <c>empty@R</c>, <c>total N@R</c>, <c>total none@R</c>, <c>size N@R</c>, <c>reject@R</c>.
/// The consumer: <c>ahead N</c> (pages to request before they are taken), <c>enough N</c> (rows to accept).
/// </remarks>
internal sealed partial class ScriptedList : IPageSource<ScriptedList.Row>, IListingConsumer<ScriptedList.Row>
{
    private const int MostRequests = 400;

    /// <summary>The words that distinguish the reasons of further readings, so that their sentences may be rewritten.</summary>
    private static readonly string[] s_wordsOfReasons = ["size", "end", "order", "missed", "more rows", "changed", "returned"];

    private static readonly DateTime s_now = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime s_yesterday = s_now.AddDays(-1);

    private readonly string[] _script;
    private readonly List<string> _log = [];
    private readonly List<string> _received = [];
    private List<Row> _rows;
    private int _requests;
    private int _pushed;

    public ScriptedList(int count, string script)
    {
        _script = script.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        _rows = [.. Enumerable.Range(0, count).Select(number => new Row($"t{number:d3}", TimeOf(number, count)))];
    }

    public RowKind<Row> Kind { get; } = new("ListRows", "rows", row => row.Name, row => row.Time);

    private bool HasOneTime => Has("equal") || Has("by page");

    /// <summary>
    /// Reads the complete list. Returns its requests (PageNo, and PageSize if it differs), <c>|</c> for each flush, and the reason of each further
    /// reading in parentheses; the result; the rows received and TotalCount; and the rows in the order in which they were received.
    /// </summary>
    public static string TraceAll(int count, int pageSize, string script)
    {
        var list = new ScriptedList(count, script);
        var listing = new CompleteListing<Row>(list, list, pageSize, list.NumberOf("ahead") ?? 1);
        return list.Trace(pageSize, listing.RunAsync(CancellationToken.None), () => (listing.PageNo, listing.Rows, listing.TotalCount));
    }

    /// <summary>Reads a range of the list, as <see cref="TraceAll"/> reads all of it.</summary>
    public static string TraceRange(int count, int pageSize, int skip, long? first, string script)
    {
        var list = new ScriptedList(count, script);
        var listing = new RangeListing<Row>(list, list, RowRange.Range(skip, first, pageSize), list.NumberOf("ahead") ?? 1);
        return list.Trace(pageSize, listing.RunAsync(CancellationToken.None), () => (listing.PageNo, listing.Rows, listing.TotalCount));
    }

    public Task<Page<Row>> GetPageAsync(int pageNo, int pageSize, CancellationToken cancellationToken)
    {
        if (++_requests > MostRequests) throw new InvalidOperationException("The listing does not end.");
        _log.Add($"{pageNo}/{pageSize}");
        var page = Answer(pageNo, pageSize);
        foreach (var phrase in _script.Where(phrase => phrase.EndsWith($"@{_requests}", StringComparison.Ordinal))) Change(phrase[..phrase.IndexOf('@', StringComparison.Ordinal)]);
        return page;
    }

    public Task<bool> TakeAsync(Page<Row> page, CancellationToken cancellationToken)
    {
        _received.AddRange(page.Rows.Select(row => row.Name));
        return Task.FromResult(!(_received.Count >= NumberOf("enough")));
    }

    public Task FlushAsync(CancellationToken cancellationToken)
    {
        _log.Add("|");
        return Task.CompletedTask;
    }

    public Task ReadingAgainAsync(string reason, CancellationToken cancellationToken)
    {
        _log.Add($"({Array.Find(s_wordsOfReasons, word => reason.Contains(word, StringComparison.Ordinal))})");
        return Task.CompletedTask;
    }

    [GeneratedRegex("unstable order|read [0-9]+ times")]
    private static partial Regex WordsOfFailure();

    /// <summary>Returns a number that is the same in every process, unlike a hash code.</summary>
    private static uint Scramble(string name, int key)
    {
        var scrambled = name.Aggregate(unchecked((uint)key * 2_246_822_519), static (hash, letter) => unchecked((hash ^ letter) * 2_654_435_761));
        scrambled = unchecked((scrambled ^ (scrambled >> 15)) * 2_246_822_519);
        return scrambled ^ (scrambled >> 13);
    }

    private static bool AreNeighbours(string one, string other) => one[0] == other[0] && Number(one) + 1 == Number(other);

    private static int Number(string name) => int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture);

    private string Trace(int pageSize, Task listing, Func<(int PageNo, long Rows, long? TotalCount)> state)
    {
        try
        {
            listing.GetAwaiter().GetResult();
            _log.Add("complete");
        }
        catch (IncompleteListingException exception)
        {
            _log.Add(string.Join(", ", (string[])[$"incomplete at page {exception.PageNo}", .. WordsOfFailure().Matches(exception.Message).Select(match => match.Value)]));
        }
        catch (CrApiException exception)
        {
            _log.Add($"{exception.Code} at page {state().PageNo}");
        }

        return $"{string.Join(' ', _log)}, {state().Rows} of {state().TotalCount?.ToString(CultureInfo.InvariantCulture) ?? "none"}: {string.Join(' ', Ranges())}".Replace($"/{pageSize} ", " ", StringComparison.Ordinal);
    }

    /// <summary>The rows received, neighbours as the first and the last one of them.</summary>
    private IEnumerable<string> Ranges()
    {
        for (var (from, to) = (0, 1); from < _received.Count; (from, to) = (to, to + 1))
        {
            while (to < _received.Count && AreNeighbours(_received[to - 1], _received[to])) to++;
            yield return to - from == 1 ? _received[from] : $"{_received[from]}-{_received[to - 1]}";
        }
    }

    private Task<Page<Row>> Answer(int pageNo, int pageSize)
    {
        if (Has($"reject@{_requests}")) return Task.FromException<Page<Row>>(new CrApiException("Rejected.") { Code = "InvalidPageNo", HttpStatus = 400 });
        var last = Math.Max(1, (_rows.Count + pageSize - 1) / pageSize);
        var shown = Has("page 1 always") || (pageNo > last && Has("first page again")) ? 1 : pageNo > last && Has("last page again") ? last : pageNo;
        var rows = (Has("by page") ? _rows.OrderBy(row => Scramble(row.Name, pageNo)).AsEnumerable() : _rows).Skip((shown - 1) * pageSize).Take(Has($"empty@{_requests}") ? 0 : pageSize).ToList();
        if (Has($"short@{_requests}")) rows.RemoveRange(rows.Count / 2, rows.Count - (rows.Count / 2));
        var total = Has($"total none@{_requests}") ? null : NumberInReply("total") ?? NumberOf("total") ?? (long?)_rows.Count;
        return Task.FromResult(new Page<Row>(pageNo, NumberInReply("size") ?? pageSize, total, rows) { AnsweredAt = new DateTimeOffset(s_now) });
    }

    private void Change(string phrase)
    {
        var words = phrase.Split(' ');
        var name = words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? $"t{number:d3}" : "";
        if (words[0] is "delete" or "move") _rows.RemoveAll(row => row.Name == name);
        if (words[0] is not ("push" or "move")) return;
        DateTime? time = phrase switch
        {
            "push early" => s_now.AddMinutes(-1),
            "push now" => s_now,
            "push same" => _rows.Max(row => row.Time),
            _ => s_now.AddMinutes(++_pushed),
        };
        _rows.Add(new Row(words[0] == "push" ? "pushed" : name, Has("no time") ? null : HasOneTime ? s_yesterday : time));
        if (Has("by name") || Has("equal")) _rows = [.. _rows.OrderBy(row => row.Name, StringComparer.Ordinal)];
        else if (Has("oldest")) _rows = [.. _rows.OrderBy(row => row.Time)];
        else if (!Has("no time")) _rows = [.. _rows.OrderByDescending(row => row.Time)];
    }

    private DateTime? TimeOf(int number, int count)
    {
        if (Has("no time") || number == NumberOf("timeless")) return null;
        return s_yesterday.AddMinutes(HasOneTime ? 0 : Has("by name") ? -(number * 7 % count) : Has("oldest") ? number : -number);
    }

    private bool Has(string phrase) => _script.Contains(phrase);

    private int? NumberInReply(string word) => NumberOf(word, $"@{_requests}");

    private int? NumberOf(string word, string suffix = "") => _script
        .Where(phrase => phrase.StartsWith(word + " ", StringComparison.Ordinal) && phrase.EndsWith(suffix, StringComparison.Ordinal))
        .Select(phrase => int.TryParse(phrase.AsSpan(word.Length + 1, phrase.Length - word.Length - 1 - suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null)
        .FirstOrDefault(number => number is not null);

    internal sealed record Row(string Name, DateTime? Time);
}
