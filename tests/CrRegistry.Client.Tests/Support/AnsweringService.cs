using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Support;

/// <summary>A service in the place of the network that answers each request by a function.</summary>
internal sealed class AnsweringService(Func<SeenRequest, JsonObject> answer) : HttpMessageHandler
{
    public const string Success = """{"Code":"success","IsSuccess":true,"RequestId":"REQ-0"}""";

    /// <summary>More than any test needs: a listing that does not end fails here.</summary>
    private const int MostRequests = 2000;

    private readonly ConcurrentQueue<(string Method, SeenRequest Request)> _requests = new();

    /// <summary>The requests with their HTTP methods.</summary>
    public IReadOnlyList<(string Method, SeenRequest Request)> Requests => [.. _requests];

    /// <summary>Answers with Code, IsSuccess and RequestId.</summary>
    public static AnsweringService OfSuccess() => new(_ => JsonNode.Parse(Success)!.AsObject());

    /// <summary>Answers with the rows of any list in pages, by page number or by token.</summary>
    /// <param name="rows">The rows, each as JSON.</param>
    public static AnsweringService OfRows(IReadOnlyList<string> rows) => new(request =>
    {
        var operation = Operation.Find(request.Action)!;
        var size = request.Parameters.TryGetValue("PageSize", out var requested) ? int.Parse(requested, CultureInfo.InvariantCulture) : 100;
        var isByToken = operation.PageParameter is null;
        var pageNo = int.Parse(request.Parameters.GetValueOrDefault(operation.PageParameter ?? "NextToken", "1"), CultureInfo.InvariantCulture);
        var body = JsonNode.Parse(operation.HasNoEnvelope ? """{"RequestId":"REQ-0"}""" : Success)!.AsObject();
        if (isByToken && pageNo * size < rows.Count) body["NextToken"] = (pageNo + 1).ToString(CultureInfo.InvariantCulture);
        if (!isByToken) (body["PageSize"], body["TotalCount"]) = (size, rows.Count);
        JsonNode page = new JsonArray([.. rows.Skip((pageNo - 1) * size).Take(size).Select(row => JsonNode.Parse(row))]);
        foreach (var name in operation.Rows!.Split('.').Reverse().SkipLast(1)) page = new JsonObject { [name] = page };
        body[operation.Rows.Split('.')[0]] = page;
        return body;
    });

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var seen = SeenRequest.Of(request);
        _requests.Enqueue((request.Method.Method, seen));
        return Task.FromResult(_requests.Count > MostRequests
            ? FakeRegistry.Reject(HttpStatusCode.BadRequest, "NO_END")
            : FakeRegistry.Reply(HttpStatusCode.OK, answer(seen).ToJsonString()));
    }
}
