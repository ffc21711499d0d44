using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Api;

/// <summary>Calls of any operation, and the complete lists of those that have pages.</summary>
public sealed class AnyOperationTests
{
    private static readonly Dictionary<string, string> s_instance = new() { ["InstanceId"] = "cri-x" };

    public static TheoryData<string> Paged => [.. Operation.All.Where(IsPaged).Select(operation => operation.Name)];

    public static TheoryData<string> PagedWithoutKey => [.. Operation.All.Where(operation => IsPaged(operation) && operation.RowKey is null && operation.PageParameter is not null).Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Paged))]
    public void Returns_all_rows_of_each_list(string action)
    {
        string[] rows = [.. Enumerable.Range(0, 250).Select(number => Row(action, number))];
        using var service = AnsweringService.OfRows(rows);

        var run = List(service, action);

        Assert.Null(run.Failure);
        Assert.Equal(rows, run.Rows);
        Assert.All(service.Requests, request => Assert.Equal((Operation.Find(action)!.Method, "cri-x"), (request.Method, request.Request["InstanceId"])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(200)]
    public void Returns_rows_of_full_last_page(int count)
    {
        string[] rows = [.. Enumerable.Range(0, count).Select(number => $$"""{"Line":{{number}}}""")];
        foreach (var action in new[] { "ListArtifactBuildTaskLog", "ListTagResources" })
        {
            using var service = AnsweringService.OfRows(rows);
            Assert.Equal(rows, List(service, action).Rows);
        }
    }

    [Fact]
    public void Requests_pages_by_the_parameter_of_the_operation()
    {
        using var log = AnsweringService.OfRows([.. Enumerable.Range(0, 3).Select(number => $$"""{"Line":{{number}}}""")]);
        List(log, "ListArtifactBuildTaskLog", pageSize: 2);
        Assert.Equal(["1/18", "1/2", "2/2"], log.Requests.Select(request => $"{request.Request["Page"]}/{request.Request["PageSize"]}").Order());

        using var tags = AnsweringService.OfRows([.. Enumerable.Range(0, 250).Select(number => $$"""{"ResourceId":"r{{number}}"}""")]);
        List(tags, "ListTagResources");
        Assert.Equal(["first", "2", "3"], tags.Requests.Select(request => request.Request.Parameters.GetValueOrDefault("NextToken", "first")));
    }

    [Fact]
    public void Returns_equal_rows_of_one_page()
    {
        using var service = AnsweringService.OfRows(["""{"Message":"same"}""", """{"Message":"same"}""", """{"Message":"same"}"""]);

        Assert.Equal(3, List(service, "ListArtifactBuildTaskLog").Rows.Count);
    }

    [Theory]
    [InlineData("ListArtifactBuildTaskLog", 250, "ended at page")]
    [InlineData("ListChain", 250, "ended at page")]
    public void Fails_if_rows_of_TotalCount_are_missing(string action, int total, string message)
    {
        var rows = Enumerable.Range(0, 120).Select(number => Row(action, number)).ToList();
        using var service = new AnsweringService(request => Page(action, request, rows, total));

        var failure = Assert.IsType<IncompleteListingException>(List(service, action).Failure);

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Returns_equal_rows_on_both_sides_of_a_page_border()
    {
        string[] rows = [.. Enumerable.Range(0, 150).Select(number => Row("ListScanBaselineByTask", number == 100 ? 99 : number))];
        using var service = AnsweringService.OfRows(rows);

        var run = List(service, "ListScanBaselineByTask");

        Assert.Null(run.Failure);
        Assert.Equal(rows.Order(), run.Rows.Order());
    }

    /// <summary>Their number exceeds a page, so that they are on different pages in each reading.</summary>
    [Theory]
    [MemberData(nameof(PagedWithoutKey))]
    public void Returns_equal_rows_of_all_pages(string action)
    {
        string[] rows = [.. Enumerable.Range(0, 250).Select(number => Row(action, number % 2 == 0 ? -1 : number % 5 == 0 ? -2 : number))];
        using var service = AnsweringService.OfRows(rows);

        var run = List(service, action);

        Assert.Null(run.Failure);
        Assert.Equal(rows.Order(), run.Rows.Order());
        Assert.InRange(service.Requests.Count, 1, 9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Returns_row_that_moves_to_another_page_once(bool isPushed)
    {
        const string action = "ListScanBaselineByTask";
        var rows = Enumerable.Range(0, 250).Select(number => Row(action, number % 50 == 0 ? -1 : number)).ToList();
        var hasChanged = false;
        using var service = new AnsweringService(request =>
        {
            lock (rows)
            {
                var page = Page(action, request, rows, rows.Count);
                if (!hasChanged && isPushed) rows.Insert(0, Row(action, 999));
                else if (!hasChanged) rows.RemoveAt(3);
                hasChanged = true;
                return page;
            }
        });

        var run = List(service, action);

        Assert.Null(run.Failure);
        // A row that was deleted after it was returned stays.
        if (!isPushed) rows.Add(Row(action, 3));
        Assert.Equal(rows.Order(), run.Rows.Order());
    }

    [Fact]
    public void Fails_if_equal_rows_hide_a_missing_one()
    {
        using var service = new AnsweringService(request => Page("ListScanBaselineByTask", request, [.. Enumerable.Repeat("""{"Text":"same"}""", 150)], 250));

        Assert.IsType<IncompleteListingException>(List(service, "ListScanBaselineByTask").Failure);
    }

    [Theory]
    [InlineData("ListChain", 300, 0)]
    [InlineData("ListScanBaselineByTask", 300, 0)]
    [InlineData("ListScanBaselineByTask", null, 0)]
    [InlineData("ListScanBaselineByTask", null, 1)]
    [InlineData("ListScanBaselineByTask", null, 100)]
    public void Fails_if_pages_are_ignored(string action, int? total, int pushed)
    {
        var rows = Enumerable.Range(0, 100).Select(number => Row(action, number)).ToList();
        using var service = new AnsweringService(request =>
        {
            lock (rows)
            {
                var page = Page(action, request, rows, total, isFirst: true);
                for (var number = 0; number < pushed; number++) rows.Insert(0, rows.Count < 1000 ? Row(action, rows.Count) : rows[0]);
                return page;
            }
        });

        Assert.IsType<IncompleteListingException>(List(service, action).Failure);
    }

    [Fact]
    public void Fails_if_a_token_is_repeated()
    {
        var pages = 0;
        using var service = new AnsweringService(_ => new JsonObject { ["RequestId"] = "R", ["NextToken"] = "same", ["TagResources"] = new JsonObject { ["TagResource"] = new JsonArray(new JsonObject { ["ResourceId"] = $"r{++pages}" }) } });

        var run = List(service, "ListTagResources");

        Assert.EndsWith(" The service returned the NextToken of an earlier page again.", Assert.IsType<IncompleteListingException>(run.Failure).Message, StringComparison.Ordinal);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public void Fails_if_pages_without_rows_do_not_end()
    {
        var pages = 0;
        using var service = new AnsweringService(_ => new JsonObject { ["RequestId"] = "R", ["NextToken"] = $"t{++pages}", ["TagResources"] = new JsonObject { ["TagResource"] = new JsonArray() } });

        Assert.Contains("The last 101 pages have no rows, and others follow", Assert.IsType<IncompleteListingException>(List(service, "ListTagResources").Failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_page_without_rows_by_its_position()
    {
        var pages = 0;
        using var service = new AnsweringService(_ => ++pages == 3
            ? new JsonObject { ["RequestId"] = "R" }
            : new JsonObject { ["RequestId"] = "R", ["NextToken"] = $"t{pages}", ["TagResources"] = new JsonObject { ["TagResource"] = new JsonArray(new JsonObject { ["ResourceId"] = $"r{pages}" }) } });

        Assert.Contains("page 3 has no TagResources.TagResource, and no TotalCount", List(service, "ListTagResources").Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fails_if_a_page_with_a_new_token_repeats_another_one()
    {
        var pages = 0;
        using var service = new AnsweringService(_ => new JsonObject
        {
            ["RequestId"] = "R",
            ["NextToken"] = ++pages < 3 ? $"t{pages}" : "",
            ["TagResources"] = new JsonObject { ["TagResource"] = new JsonArray(new JsonObject { ["ResourceId"] = pages == 2 ? "a" : "b" }) },
        });

        var run = List(service, "ListTagResources");

        Assert.Contains("returned rows of earlier pages again", Assert.IsType<IncompleteListingException>(run.Failure).Message, StringComparison.Ordinal);
        Assert.Equal(2, run.Rows.Count);
    }

    /// <summary>Each would look like the end of the list, or like success.</summary>
    [Theory]
    [InlineData("""{"RequestId":"R","NextToken":["2"],"TagResources":{"TagResource":[{}]}}""")]
    [InlineData("""{"RequestId":"R","NextToken":{},"TagResources":{"TagResource":[{}]}}""")]
    [InlineData("""{"RequestId":"R","Code":{},"TagResources":{"TagResource":[{}]}}""")]
    [InlineData("""{"RequestId":"R","IsSuccess":[false],"TagResources":{"TagResource":[{}]}}""")]
    public void Fails_if_a_field_of_the_envelope_is_not_a_scalar(string body)
    {
        using var service = new AnsweringService(_ => JsonNode.Parse(body)!.AsObject());

        var run = List(service, "ListTagResources");

        Assert.Equal(CrErrorCode.InvalidResult, Assert.IsType<CrApiException>(run.Failure).Code);
        Assert.Empty(run.Rows);
    }

    [Theory]
    [InlineData("""{"RequestId":"R"}""")]
    [InlineData("""{"RequestId":"R","TagResources":[]}""")]
    [InlineData("""{"RequestId":"R","TagResources":{"TagResource":{}}}""")]
    public void Fails_if_a_page_has_no_array(string body)
    {
        using var service = new AnsweringService(_ => JsonNode.Parse(body)!.AsObject());

        Assert.Equal(CrErrorCode.InvalidResult, Assert.IsType<CrApiException>(List(service, "ListTagResources").Failure).Code);
    }

    [Fact]
    public void Fails_if_a_later_page_is_rejected()
    {
        using var service = new AnsweringService(request => request.Parameters.ContainsKey("NextToken")
            ? new JsonObject { ["Code"] = "NoPrivilege", ["IsSuccess"] = false }
            : new JsonObject { ["RequestId"] = "R", ["NextToken"] = "2", ["TagResources"] = new JsonObject { ["TagResource"] = new JsonArray(new JsonObject()) } });

        var failure = Assert.IsType<IncompleteListingException>(List(service, "ListTagResources").Failure);

        Assert.Contains("failed at page 2 after 1 row", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Returns_row_that_changes_while_the_list_is_read_once()
    {
        var requests = 0;
        using var service = new AnsweringService(request =>
        {
            var status = Interlocked.Increment(ref requests);
            var rows = Enumerable.Range(0, 150).Select(number => $$"""{"TaskId":"t{{number}}","Status":"{{(number == 3 ? status : 0)}}"}""").ToList();
            return Page("ListArtifactSubscriptionTask", request, rows, rows.Count);
        });

        var run = List(service, "ListArtifactSubscriptionTask");

        Assert.Null(run.Failure);
        Assert.Equal(150, run.Rows.Count);
    }

    [Theory]
    [InlineData("ListNamespace", 4)]
    [InlineData("Unknown", 1)]
    [InlineData("CreateNamespace", 1)]
    public void Repeats_reads_only_if_the_reply_is_lost(string action, int requests)
    {
        using var service = new LostReplies();

        var run = Run(Support.Run.Connect(service).Call(FakeRegistry.Endpoint, Operation.Find(action) ?? Operation.Unknown(action), s_instance));

        Assert.IsType<CrApiException>(run.Failure);
        Assert.Equal(requests, service.Requests);
    }

    [Fact]
    public void Hides_password_that_the_service_quotes()
    {
        const string password = "planted-Password/9";
        using var service = new AnsweringService(request => new JsonObject { ["Code"] = "Invalid", ["IsSuccess"] = false, ["Message"] = $"Bad {request["Password"]}" });

        var run = Run(Support.Run.Connect(service).Call(FakeRegistry.Endpoint, Operation.Find("ResetLoginPassword")!, new Dictionary<string, string> { ["Password"] = password }));

        Assert.Equal(password, service.Requests[0].Request["Password"]);
        Assert.Contains("Bad ***", run.Failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(password, run.Failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hides_address_of_trigger_that_the_service_quotes()
    {
        const string address = "https://user:planted@hook.example.invalid/?token=planted-Token";
        using var service = new AnsweringService(request => new JsonObject { ["Code"] = "Invalid", ["IsSuccess"] = false, ["Message"] = $"Bad {request["TriggerUrl"]}" });

        var run = Run(Support.Run.Connect(service).Call(FakeRegistry.Endpoint, Operation.Find("UpdateRepoTrigger")!, new Dictionary<string, string> { ["TriggerUrl"] = address }));

        Assert.DoesNotContain("planted", run.Failure!.ToString(), StringComparison.Ordinal);
    }

    private static bool IsPaged(Operation operation) => operation.Rows is not null && operation.Parameters.Any(parameter => parameter.Name is "PageNo" or "Page" or "NextToken");

    private static string Row(string action, int number) => $$"""{"{{Operation.Find(action)!.RowKey ?? "Text"}}":"{{number}}"}""";

    private static JsonObject Page(string action, SeenRequest request, List<string> rows, int? total, bool isFirst = false)
    {
        var operation = Operation.Find(action)!;
        var size = int.Parse(request["PageSize"], CultureInfo.InvariantCulture);
        var skip = isFirst ? 0 : size * (int.Parse(request[operation.PageParameter!], CultureInfo.InvariantCulture) - 1);
        var body = JsonNode.Parse(AnsweringService.Success)!.AsObject();
        (body["TotalCount"], body["PageSize"]) = (total, size);
        body[operation.Rows!] = new JsonArray([.. rows.Skip(skip).Take(size).Select(row => JsonNode.Parse(row))]);
        return body;
    }

    private static Result List(AnsweringService service, string action, int? pageSize = null)
    {
        using var _ = service;
        return Run(Support.Run.Connect(service).CallPages(FakeRegistry.Endpoint, Operation.Find(action)!, s_instance, pageSize));
    }

    private static Result Run(IJob job)
    {
        using var queue = new OrderedJobQueue<string>(10, CancellationToken.None);
        queue.Add("call", job);
        var rows = new List<string>();
        Exception? failure = null;
        while (queue.Take(wait: true) is { } next)
        {
            if (next.Message is Page<ApiRow> page) rows.AddRange(page.Rows.Select(row => Client.Decoding.Json.JsonText.Of(row.Value)));
            failure ??= next.Failure;
        }

        return new(rows, failure);
    }

    private sealed record Result(IReadOnlyList<string> Rows, Exception? Failure);

    private sealed class LostReplies : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return Task.FromResult(FakeRegistry.Reply(HttpStatusCode.OK, """{"Code":"succ"""));
        }
    }
}
