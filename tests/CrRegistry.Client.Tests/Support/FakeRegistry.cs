using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CrRegistry.Client.Tests.Support;

/// <summary>A service in the place of the network: one repository, whose replies a test may change one by one.</summary>
internal sealed class FakeRegistry : HttpMessageHandler
{
    public const string InstanceId = "cri-test";
    public const string RepoId = "crr-test";

    public static readonly Uri Endpoint = new("http://127.0.0.1:1");

    private readonly ConcurrentQueue<SeenRequest> _requests = new();

    public List<string> Tags { get; set; } = [];

    /// <summary>What ListRepository lists, each as <c>namespace/name</c>.</summary>
    public List<string> Repositories { get; set; } = [];

    public int LargestPageSize { get; set; } = 100;

    /// <summary>Changes a reply before it is sent; null leaves it.</summary>
    public Func<SeenRequest, JsonObject, HttpResponseMessage?>? Change { get; set; }

    /// <summary>Holds a reply until the task ends.</summary>
    public Func<SeenRequest, CancellationToken, Task>? Hold { get; set; }

    public IReadOnlyList<SeenRequest> Requests => [.. _requests];

    public IReadOnlyList<int> PagesAsked => [.. Requests.Where(request => request.Action == "ListRepoTag").Select(request => int.Parse(request["PageNo"], CultureInfo.InvariantCulture))];

    public static FakeRegistry WithTags(int count) => new() { Tags = [.. Enumerable.Range(0, count).Select(number => $"v{number}")] };

    public static HttpResponseMessage Reply(HttpStatusCode status, string body, string contentType = "application/json") =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, contentType) };

    public static HttpResponseMessage Refuse(HttpStatusCode status, string code, string message = "Refused.") =>
        Reply(status, new JsonObject { ["Code"] = code, ["Message"] = message, ["RequestId"] = "REQ-1", ["Recommend"] = "https://example.invalid/why" }.ToJsonString());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var seen = SeenRequest.Of(request);
        _requests.Enqueue(seen);
        if (Hold is { } hold) await hold(seen, cancellationToken);
        var body = Answer(seen);
        return Change?.Invoke(seen, body) ?? Reply(HttpStatusCode.OK, body.ToJsonString());
    }

    private JsonObject Answer(SeenRequest request)
    {
        var body = new JsonObject { ["Code"] = "success", ["IsSuccess"] = true, ["RequestId"] = "REQ-0" };
        switch (request.Action)
        {
            case "GetRepository":
                body["RepoId"] = RepoId;
                body["RepoNamespaceName"] = request.Parameters.GetValueOrDefault("RepoNamespaceName");
                body["RepoName"] = request.Parameters.GetValueOrDefault("RepoName");
                break;
            case "GetRepoTag":
                if (Tags.Contains(request["Tag"])) foreach (var (name, value) in Row(request["Tag"])) body[name] = value!.DeepClone();
                else return new JsonObject { ["Code"] = "TAG_NOT_EXIST", ["IsSuccess"] = false };
                break;
            case "ListRepoTag":
                List(request, body, "Images", Tags, Row);
                break;
            case "ListRepository":
                List(request, body, "Repositories", Repositories, RepositoryRow);
                break;
        }

        return body;
    }

    private void List(SeenRequest request, JsonObject body, string name, List<string> all, Func<string, JsonObject> row)
    {
        var size = Math.Min(LargestPageSize, int.Parse(request["PageSize"], CultureInfo.InvariantCulture));
        var pageNo = int.Parse(request["PageNo"], CultureInfo.InvariantCulture);
        body["PageNo"] = pageNo;
        body["PageSize"] = size;
        body["TotalCount"] = all.Count.ToString(CultureInfo.InvariantCulture);
        body[name] = new JsonArray([.. all.Skip((int)Math.Min(int.MaxValue, (long)(pageNo - 1) * size)).Take(size).Select(row)]);
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
        ["CreateTime"] = 1572839125000,
        ["ModifiedTime"] = 1572875608000,
    };

    private static JsonObject Row(string tag) => new()
    {
        ["Tag"] = tag,
        ["Digest"] = new string('a', 64),
        ["ImageId"] = new string('b', 64),
        ["Status"] = "NORMAL",
        ["ImageSize"] = 27107966,
        ["ImageCreate"] = "1572839125000",
        ["ImageUpdate"] = "1572875608000",
    };
}
