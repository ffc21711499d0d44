using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CrRegistry.Client.Tests.Support;

/// <summary>A service that replaces the network. It has one repository, whose replies a test may change one by one.</summary>
internal sealed class FakeRegistry : HttpMessageHandler
{
    public const string InstanceId = "cri-test";
    public const string RepoId = "crr-test";

    /// <summary>A limit above the need of any test, at which an endless listing fails.</summary>
    private const int MostRequests = 5000;

    public static readonly Uri Endpoint = new("http://127.0.0.1:1");

    private readonly ConcurrentQueue<SeenRequest> _requests = new();

    public List<string> Tags { get; set; } = [];

    /// <summary>The rows of ListRepository, each as <c>namespace/name</c>.</summary>
    public List<string> Repositories { get; set; } = [];

    public int LargestPageSize { get; set; } = 100;

    /// <summary>The rows in the order of one reply, by PageNo and PageSize; null for the order of <see cref="Tags"/>.</summary>
    public Func<int, int, IReadOnlyList<string>>? Order { get; set; }

    /// <summary>The page that replaces the requested one, by its number and the number of the last page; null for the one requested.</summary>
    public Func<int, int, int>? Shown { get; set; }

    /// <summary>The ImageUpdate of a tag, in seconds after that of <c>v0</c>.</summary>
    public Func<string, long> SecondsOf { get; set; } = NewestFirst;

    /// <summary>The Date header, or null.</summary>
    public Func<DateTimeOffset>? Date { get; set; }

    /// <summary>A function that changes a reply before it is sent, or null.</summary>
    public Func<SeenRequest, JsonObject, HttpResponseMessage?>? Change { get; set; }

    /// <summary>Holds a reply until the task ends.</summary>
    public Func<SeenRequest, CancellationToken, Task>? Hold { get; set; }

    public IReadOnlyList<SeenRequest> Requests => [.. _requests];

    public IReadOnlyList<int> PagesAsked => [.. Requests.Where(request => request.Action == "ListRepoTag").Select(request => int.Parse(request["PageNo"], CultureInfo.InvariantCulture))];

    public static FakeRegistry WithTags(int count) => new() { Tags = [.. Enumerable.Range(0, count).Select(number => $"v{number}")] };

    /// <summary>Adds a change of each reply of a list.</summary>
    public FakeRegistry With(Action<SeenRequest, JsonObject> change)
    {
        var before = Change;
        Change = (request, body) =>
        {
            if (before?.Invoke(request, body) is { } reply) return reply;
            if (request.Action.StartsWith("List", StringComparison.Ordinal)) change(request, body);
            return null;
        };
        return this;
    }

    /// <summary>Sets the TotalCount of each reply of a list; null removes it.</summary>
    public FakeRegistry WithTotal(JsonNode? total) => With((_, body) => body["TotalCount"] = total?.DeepClone());

    public static HttpResponseMessage Reply(HttpStatusCode status, string body, string contentType = "application/json") =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, contentType) };

    public static HttpResponseMessage Reject(HttpStatusCode status, string code, string message = "Rejected.") =>
        Reply(status, new JsonObject { ["Code"] = code, ["Message"] = message, ["RequestId"] = "REQ-1", ["Recommend"] = "https://example.invalid/why" }.ToJsonString());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var seen = SeenRequest.Of(request);
        _requests.Enqueue(seen);
        if (_requests.Count > MostRequests) return Reject(HttpStatusCode.BadRequest, "NO_END", $"More than {MostRequests} requests.");
        if (Hold is { } hold) await hold(seen, cancellationToken);
        var body = Answer(seen);
        var reply = Change?.Invoke(seen, body) ?? Reply(HttpStatusCode.OK, body.ToJsonString());
        if (Date is { } date) reply.Headers.Date = date();
        return reply;
    }

    /// <summary>Each of <c>v0</c>, <c>v1</c> and so on is a second older than the previous one. Other names are newer.</summary>
    private static long NewestFirst(string tag) => long.TryParse(tag.AsSpan(1), out var number) && tag[0] == 'v' ? -number : 3600;

    private JsonObject Answer(SeenRequest request)
    {
        var body = new JsonObject { ["Code"] = "success", ["IsSuccess"] = true, ["RequestId"] = "REQ-0" };
        switch (request.Action)
        {
            case "GetRepository":
                body["RepoId"] = request.Parameters.GetValueOrDefault("RepoId") ?? RepoId;
                body["RepoNamespaceName"] = request.Parameters.GetValueOrDefault("RepoNamespaceName");
                body["RepoName"] = request.Parameters.GetValueOrDefault("RepoName");
                break;
            case "GetRepoTag":
                if (Tags.Contains(request["Tag"])) foreach (var (name, value) in Row(request["Tag"])) body[name] = value!.DeepClone();
                else return new JsonObject { ["Code"] = "TAG_NOT_EXIST", ["IsSuccess"] = false };
                break;
            case "ListRepoTag":
                List(request, body, "Images", Tags, Row, Order);
                break;
            case "ListRepository":
                List(request, body, "Repositories", Repositories, RepositoryRow, null);
                break;
        }

        return body;
    }

    private void List(
        SeenRequest request, JsonObject body, string name, List<string> all, Func<string, JsonObject> row, Func<int, int, IReadOnlyList<string>>? order)
    {
        var size = Math.Min(LargestPageSize, int.Parse(request["PageSize"], CultureInfo.InvariantCulture));
        var pageNo = int.Parse(request["PageNo"], CultureInfo.InvariantCulture);
        var shown = Shown?.Invoke(pageNo, Math.Max(1, (all.Count + size - 1) / size)) ?? pageNo;
        body["PageNo"] = pageNo;
        body["PageSize"] = size;
        body["TotalCount"] = all.Count.ToString(CultureInfo.InvariantCulture);
        var rows = order?.Invoke(pageNo, size) ?? all;
        body[name] = new JsonArray([.. rows.Skip((int)Math.Min(int.MaxValue, (long)(shown - 1) * size)).Take(size).Select(row)]);
    }

    private static JsonObject RepositoryRow(string fullName) => new()
    {
        ["RepoId"] = "crr-" + fullName.Replace('/', '-'),
        ["RepoNamespaceName"] = fullName[..fullName.IndexOf('/', StringComparison.Ordinal)],
        ["RepoName"] = fullName[(fullName.IndexOf('/', StringComparison.Ordinal) + 1)..],
        ["RepoStatus"] = "NORMAL",
        ["RepoType"] = "PRIVATE",
        ["RepoBuildType"] = "MANUAL",
        ["Summary"] = "",
        ["TagImmutability"] = true,
        ["ResourceGroupId"] = "rg-test",
        // As in the tags, the last one is the oldest.
        ["CreateTime"] = 1572839125000 + (1000 * NewestFirst("v" + fullName[(fullName.LastIndexOf('/') + 2)..])),
        ["ModifiedTime"] = 1572875608000,
    };

    private JsonObject Row(string tag) => new()
    {
        ["Tag"] = tag,
        ["Digest"] = new string('a', 64),
        ["ImageId"] = new string('b', 64),
        ["Status"] = "NORMAL",
        ["ImageSize"] = 27107966,
        ["ImageCreate"] = "1572839125000",
        ["ImageUpdate"] = (1572875608000 + (1000 * SecondsOf(tag))).ToString(CultureInfo.InvariantCulture),
    };
}
