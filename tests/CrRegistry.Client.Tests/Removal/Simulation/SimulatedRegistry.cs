using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Removal.Simulation;

/// <summary>
/// A service in the place of the network, with repositories that others change at any moment. It replies before <see cref="SendAsync"/> returns, so that
/// a run is one sequence of calls and the same for the same seed. It judges each delete when it executes it.
/// </summary>
internal sealed class SimulatedRegistry : HttpMessageHandler
{
    private const int MostRequests = 20_000;

    private static readonly SimulatedFault[] s_faults = [.. Enum.GetValues<SimulatedFault>().Except([SimulatedFault.None])];

    private readonly SimulatedDay _day;
    private readonly Random _random;
    private readonly Dictionary<string, Dictionary<string, SimulatedTag>> _repositories = [];
    private readonly Dictionary<TagKey, Removal> _removals = [];

    /// <summary>Every state that a tag of a repository ever had.</summary>
    private readonly HashSet<(string RepoId, SimulatedTag State)> _states = [];
    private readonly List<(TagKey Key, bool IsCovered)> _late = [];
    private readonly List<(TagKey Key, string Text)> _events = [];

    /// <summary>The tags of the repository that is listed, as far as they did not change since the first reply.</summary>
    private Dictionary<string, SimulatedTag>? _unchanged;
    private long _now = RandomRegistry.Start;
    private int _pushes;

    public SimulatedRegistry(SimulatedDay day, Random random) => (_day, _random) = (day, random);

    /// <summary>Called while a request or its reply is on its way.</summary>
    public Action? OnTheWay { get; set; }

    /// <summary>The problems of deletes.</summary>
    public List<string> WrongDeletes { get; } = [];

    /// <summary>The deletes that were executed.</summary>
    public int Deletes { get; private set; }

    /// <summary>The deletes of a tag that was pushed between the reply of the check and the arrival of the delete.</summary>
    public int DeletesInWindow { get; private set; }

    /// <summary>The deletes of a tag that was pushed after the delete was given up, and before it arrived.</summary>
    public int LateDeletesInWindow { get; private set; }

    public int Requests { get; private set; }

    public IEnumerable<string> RepoIds => _repositories.Keys;

    public static string NameOf(string repoId) => $"team/{repoId[4..]}";

    public void Add(string repoId, IReadOnlyCollection<SimulatedTag> tags)
    {
        _repositories.Add(repoId, tags.ToDictionary(tag => tag.Name, StringComparer.Ordinal));
        _states.UnionWith(tags.Select(tag => (repoId, tag)));
    }

    /// <summary>Returns the state that a listed row shows; null if the tag never had it.</summary>
    public SimulatedTag? StateOf(string repoId, ImageTag row)
    {
        long? update = row.ImageUpdate is { } time ? new DateTimeOffset(time).ToUnixTimeMilliseconds() : null;
        return _states.TryGetValue((repoId, new SimulatedTag(row.Tag, row.Digest!.ToLowerInvariant(), update)), out var found) ? found.State : null;
    }

    public SimulatedTag? Find(TagKey key) => _repositories[key.RepoId].GetValueOrDefault(key.Tag);

    /// <summary>Ends the listing of a repository.</summary>
    /// <returns>The tags that did not change from its first reply to its last one.</returns>
    public IReadOnlyCollection<SimulatedTag> EndListing()
    {
        var unchanged = _unchanged?.Values.ToArray() ?? [];
        _unchanged = null;
        return unchanged;
    }

    /// <summary>Announces the removal of a tag.</summary>
    /// <param name="key">The tag.</param>
    /// <param name="listed">Its state in the list; null if the list did not show one of its states.</param>
    /// <param name="isStale">True if the rule permits the removal.</param>
    public void Expect(TagKey key, SimulatedTag? listed, bool isStale) => _removals.Add(key, new Removal(listed, isStale));

    /// <summary>Returns the problem of the result of a removal; null if it agrees with what happened.</summary>
    /// <param name="key">The tag.</param>
    /// <param name="result">The result; null for none.</param>
    /// <param name="isUnknown">True if it was reported as not known.</param>
    public string? Compare(TagKey key, string? result, bool isUnknown)
    {
        var removal = _removals[key];
        if (isUnknown) return removal.IsSent ? null : "not known, although no delete was sent";
        var agrees = result switch
        {
            RemovedTag.Removed => removal.IsExecuted || (removal.IsSent && removal.IsRead && removal.LastRead is null),
            RemovedTag.AlreadyGone => !removal.IsExecuted && (removal.IsRead ? removal.LastRead is null : removal.FoundNothing),
            RemovedTag.Changed => removal.IsRead && removal.LastRead is { } read && read != removal.Listed,
            RemovedTag.Failed or null => !removal.IsExecuted || removal.IsLate,
            _ => false,
        };
        return agrees ? null : $"{result ?? "no result"}, although {removal} ({TraceOf(key)})";
    }

    /// <summary>Executes the deletes that are still on their way.</summary>
    public void End()
    {
        while (_late.Count > 0) ExecuteLate(0);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(Send(SeenRequest.Of(request), cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return Task.FromException<HttpResponseMessage>(exception);
        }
    }

    private HttpResponseMessage Send(SeenRequest request, CancellationToken cancellationToken)
    {
        if (++Requests > MostRequests) throw new InvalidOperationException("The clean-up does not end.");
        cancellationToken.ThrowIfCancellationRequested();
        var fault = _random.NextDouble() < _day.Faults ? s_faults[_random.Next(s_faults.Length)] : SimulatedFault.None;
        if (fault == SimulatedFault.OtherTag && request.Action != "GetRepoTag") fault = SimulatedFault.LostReply;
        if (request.Parameters.ContainsKey("Tag")) _events.Add((KeyOf(request), $"{request.Action} {fault}"));
        if (fault == SimulatedFault.NotSent) throw new HttpRequestException("No connection.", new SocketException((int)SocketError.ConnectionRefused));

        var removal = request.Action == "DeleteRepoTag" ? _removals.GetValueOrDefault(KeyOf(request)) : null;
        var isCovered = removal is { IsRead: true } && removal.LastRead == removal.Listed;
        if (removal is not null) removal.Send();
        Travel(request);
        if (cancellationToken.IsCancellationRequested && _random.Next(2) == 0) throw new TaskCanceledException();
        if (Before(fault, request, isCovered) is { } rejection) return rejection;

        var (status, body) = Execute(request, isCovered);
        Travel(request);
        cancellationToken.ThrowIfCancellationRequested();
        return After(fault, request, status, body);
    }

    /// <summary>Returns the reply to a request that the service does not execute; null if it executes it.</summary>
    private HttpResponseMessage? Before(SimulatedFault fault, SeenRequest request, bool isCovered)
    {
        switch (fault)
        {
            case SimulatedFault.LostRequest:
                throw Broken();
            case SimulatedFault.Late:
                if (request.Action == "DeleteRepoTag" && _day.HasLateDeletes)
                {
                    if (_removals.TryGetValue(KeyOf(request), out var removal)) removal.IsLate = true;
                    _late.Add((KeyOf(request), isCovered));
                }

                throw new TaskCanceledException();
            case SimulatedFault.Throttled:
                return _random.Next(2) == 0 ? Waiting(FakeRegistry.Reject(HttpStatusCode.BadRequest, "Throttling.User")) : FakeRegistry.Reject(HttpStatusCode.TooManyRequests, "Throttling");
            case SimulatedFault.FailedBefore:
                return FakeRegistry.Reject(HttpStatusCode.InternalServerError, "SystemError");
            case SimulatedFault.Unavailable:
                return Waiting(FakeRegistry.Reject(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"));
            case SimulatedFault.Denied:
                return FakeRegistry.Reject(HttpStatusCode.Forbidden, "NoPermission");
            case SimulatedFault.ForeignPage:
                return FakeRegistry.Reply(HttpStatusCode.OK, "<html><body>Sign in</body></html>", "text/html");
            default:
                return null;
        }
    }

    private HttpResponseMessage After(SimulatedFault fault, SeenRequest request, HttpStatusCode status, JsonObject body)
    {
        var text = body.ToJsonString();
        switch (fault)
        {
            case SimulatedFault.FailedAfter:
                return FakeRegistry.Reject(HttpStatusCode.InternalServerError, "InternalError");
            case SimulatedFault.LostReply:
                throw Broken();
            case SimulatedFault.NoReply:
                throw new TaskCanceledException();
            case SimulatedFault.HalfReply:
                return FakeRegistry.Reply(status, text[..(text.Length / 2)]);
            case SimulatedFault.CutReply:
                var reply = FakeRegistry.Reply(status, text[..(text.Length / 2)]);
                reply.Content.Headers.ContentLength = text.Length;
                return reply;
            case SimulatedFault.OtherTag:
                var tags = _repositories[request["RepoId"]].Values.Where(tag => tag.Name != request["Tag"]).ToArray();
                return FakeRegistry.Reply(HttpStatusCode.OK, (tags.Length == 0 ? body : Found(tags[_random.Next(tags.Length)])).ToJsonString());
            default:
                return FakeRegistry.Reply(status, text);
        }
    }

    private (HttpStatusCode Status, JsonObject Body) Execute(SeenRequest request, bool isCovered) => request.Action switch
    {
        "ListRepoTag" => (HttpStatusCode.OK, List(request)),
        "GetRepoTag" => Get(KeyOf(request)),
        "DeleteRepoTag" => Delete(KeyOf(request), isCovered),
        _ => throw new InvalidOperationException($"The clean-up sent {request.Action}."),
    };

    private JsonObject List(SeenRequest request)
    {
        var repository = _repositories[request["RepoId"]];
        _unchanged ??= new(repository, StringComparer.Ordinal);
        var (pageNo, pageSize) = (int.Parse(request["PageNo"], CultureInfo.InvariantCulture), int.Parse(request["PageSize"], CultureInfo.InvariantCulture));
        var rows = repository.Values.OrderByDescending(tag => tag.Update ?? long.MinValue).ThenBy(tag => tag.Name, StringComparer.Ordinal).Skip((pageNo - 1) * pageSize).Take(pageSize);
        var body = Success();
        (body["PageNo"], body["PageSize"], body["TotalCount"]) = (pageNo, pageSize, repository.Count.ToString(CultureInfo.InvariantCulture));
        body["Images"] = new JsonArray([.. rows.Select(Row)]);
        return body;
    }

    private (HttpStatusCode Status, JsonObject Body) Get(TagKey key)
    {
        var tag = Find(key);
        if (_removals.TryGetValue(key, out var removal)) removal.Read(tag);
        return tag is null ? NotFound() : (HttpStatusCode.OK, Found(tag));
    }

    private (HttpStatusCode Status, JsonObject Body) Delete(TagKey key, bool isCovered)
    {
        if (Find(key) is not { } tag)
        {
            if (_removals.TryGetValue(key, out var expected)) expected.FoundNothing = true;
            return NotFound();
        }

        Deletes++;
        if (Judge(key, tag, isCovered) is { } problem) WrongDeletes.Add($"{key.RepoId}:{key.Tag} was deleted, although {problem} ({TraceOf(key)})");
        Set(key, null);
        return (HttpStatusCode.OK, Success());
    }

    private string? Judge(TagKey key, SimulatedTag tag, bool isCovered)
    {
        if (!_removals.TryGetValue(key, out var removal)) return "nobody asked for it";
        removal.IsExecuted = true;
        if (!removal.IsStale) return "the rule keeps it";
        if (tag == removal.Listed) return isCovered ? null : "it was not checked before";
        if (!isCovered) return $"it had changed: {removal.Listed} was listed, {tag} was deleted";
        if (removal.IsLate) LateDeletesInWindow++;
        else DeletesInWindow++;
        return null;
    }

    private void Travel(SeenRequest request)
    {
        while (_random.NextDouble() < _day.Changes)
        {
            var repoId = request["RepoId"];
            if (_late.Count > 0 && _random.Next(2) == 0) ExecuteLate(_random.Next(_late.Count));
            else if (request.Parameters.TryGetValue("Tag", out var tag) && _random.Next(2) == 0) Change(new TagKey(repoId, tag));
            else if (_repositories[repoId] is { Count: > 0 } tags && _random.Next(3) > 0) Change(new TagKey(repoId, tags.Keys.ElementAt(_random.Next(tags.Count))));
            else Push(new TagKey(repoId, $"new-{_pushes}"), NewDigest());
        }

        OnTheWay?.Invoke();
    }

    /// <summary>Others push, retag or delete a tag.</summary>
    private void Change(TagKey key)
    {
        var current = Find(key);
        switch (_random.Next(5))
        {
            case 0:
                Set(key, null);
                break;
            case 1 when current is not null:
                // The same image again, as a build without changes pushes it.
                Push(key, current.Digest);
                break;
            case 2 when current is not null:
                Set(key, current with { Digest = NewDigest() });
                break;
            case 3 when _repositories[key.RepoId].Values.ToArray() is { Length: > 0 } tags:
                Push(key, tags[_random.Next(tags.Length)].Digest);
                break;
            default:
                Push(key, NewDigest());
                break;
        }
    }

    private void Push(TagKey key, string digest) => Set(key, new SimulatedTag(key.Tag, digest, _now += _random.Next(1, 5000)));

    private void Set(TagKey key, SimulatedTag? tag)
    {
        _events.Add((key, tag?.ToString() ?? "gone"));
        if (tag is null) _repositories[key.RepoId].Remove(key.Tag);
        else _repositories[key.RepoId][key.Tag] = tag;
        if (tag is not null) _states.Add((key.RepoId, tag));
        _unchanged?.Remove(key.Tag);
    }

    private string NewDigest() => (1_000_000 + _pushes++).ToString("x64", CultureInfo.InvariantCulture);

    private void ExecuteLate(int index)
    {
        var (key, isCovered) = _late[index];
        _late.RemoveAt(index);
        _events.Add((key, "late delete"));
        Delete(key, isCovered);
    }

    private JsonObject Found(SimulatedTag tag)
    {
        var body = Success();
        foreach (var (name, value) in Row(tag)) body[name] = value?.DeepClone();
        return body;
    }

    /// <summary>Writes a tag. The spelling of digests and times differs between replies.</summary>
    private JsonObject Row(SimulatedTag tag)
    {
        var row = new JsonObject
        {
            ["Tag"] = tag.Name,
            ["Digest"] = _random.Next(3) switch { 0 => tag.Digest, 1 => "sha256:" + tag.Digest, _ => tag.Digest.ToUpperInvariant() },
            ["ImageId"] = new string('b', 64),
            ["Status"] = "NORMAL",
            ["ImageSize"] = 27107966,
            ["ImageCreate"] = RandomRegistry.Start.ToString(CultureInfo.InvariantCulture),
        };
        if (tag.Update is { } update) row["ImageUpdate"] = TimeOf(update);
        else if (_random.Next(4) is > 0 and var form) row["ImageUpdate"] = form switch { 1 => "", 2 => "0", _ => (JsonNode)(-1) };
        return row;
    }

    private JsonNode TimeOf(long update) => _random.Next(4) switch
    {
        0 => update,
        1 => update.ToString(CultureInfo.InvariantCulture),
        2 => update.ToString(CultureInfo.InvariantCulture) + ".0",
        _ => DateTimeOffset.FromUnixTimeMilliseconds(update).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
    };

    private (HttpStatusCode Status, JsonObject Body) NotFound() => (
        _random.Next(2) == 0 ? HttpStatusCode.OK : HttpStatusCode.NotFound,
        new JsonObject { ["Code"] = "TAG_NOT_EXIST", ["IsSuccess"] = false, ["Message"] = "tag is not exist", ["RequestId"] = "REQ-2" });

    private static JsonObject Success() => new() { ["Code"] = "success", ["IsSuccess"] = true, ["RequestId"] = "REQ-0" };

    private static HttpRequestException Broken() => new("The connection broke.", new IOException("Reset.", new SocketException((int)SocketError.ConnectionReset)));

    private HttpResponseMessage Waiting(HttpResponseMessage reply)
    {
        reply.Headers.Add("x-acs-retry-after", _random.Next(1, 2000).ToString(CultureInfo.InvariantCulture));
        return reply;
    }

    /// <summary>Returns the calls for a tag and its states, in their order.</summary>
    private string TraceOf(TagKey key) => string.Join(", ", _events.Where(one => one.Key == key).Select(one => one.Text));

    private static TagKey KeyOf(SeenRequest request) => new(request["RepoId"], request["Tag"]);

    /// <summary>The requests that the service received for the removal of one tag.</summary>
    private sealed class Removal(SimulatedTag? listed, bool isStale)
    {
        public SimulatedTag? Listed => listed;

        public bool IsStale => isStale;

        /// <summary>True if a delete was sent.</summary>
        public bool IsSent { get; private set; }

        /// <summary>True if the tag was read after the last delete was sent.</summary>
        public bool IsRead { get; private set; }

        /// <summary>The state that the last lookup found; null for none.</summary>
        public SimulatedTag? LastRead { get; private set; }

        /// <summary>True if a delete found no tag.</summary>
        public bool FoundNothing { get; set; }

        /// <summary>True if a delete was executed.</summary>
        public bool IsExecuted { get; set; }

        /// <summary>True if a delete was executed after its timeout, or will be.</summary>
        public bool IsLate { get; set; }

        public void Read(SimulatedTag? tag) => (IsRead, LastRead) = (true, tag);

        public void Send() => (IsSent, IsRead, LastRead) = (true, false, null);

        public override string ToString() => $"sent {IsSent}, executed {IsExecuted}, read {IsRead}, found {LastRead}, found nothing {FoundNothing}, listed {Listed}";
    }
}
