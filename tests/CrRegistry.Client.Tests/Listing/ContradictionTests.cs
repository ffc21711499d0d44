using System.Globalization;
using System.Net;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>Replies that contradict each other: the list is complete, or it is an error.</summary>
public sealed class ContradictionTests
{
    /// <summary>The page that is read to prove the end is full: it proves nothing.</summary>
    [Theory]
    [InlineData(250, 100, 400, "InvalidParameter", null)]
    [InlineData(250, 100, 404, "PAGE_NOT_EXIST", null)]
    [InlineData(250, 100, 403, "Forbidden", null)]
    [InlineData(250, 100, 500, "SystemError", null)]
    [InlineData(350, 200, 400, "InvalidParameter", null)]
    [InlineData(1000, 300, 400, "InvalidParameter", null)]
    [InlineData(1500, 1000, 400, "InvalidParameter", null)]
    [InlineData(150, 50, 400, "InvalidParameter", 50)]
    public void A_service_that_refuses_the_pages_behind_a_TotalCount_that_is_too_low_is_IncompleteListing(int count, int total, int status, string code, int? pageSize)
    {
        var all = Run.Of(RefusingBehind(count, total, status, code), RowRange.Range(0, null, pageSize));
        var range = Run.Of(RefusingBehind(count, total, status, code), RowRange.Range(0, count, pageSize));
        var rest = Run.Of(RefusingBehind(count, total, status, code), RowRange.Range(total - 40, null, pageSize));
        var names = Run.Of(RefusingBehind(count, total, status, code), Run.Query(Run.All, exact: [.. Enumerable.Range(count - 26, 26).Select(number => $"v{number}")]));

        Assert.All([all, range, rest], run => Assert.IsType<IncompleteListingException>(run.Failure));
        Assert.NotNull(names.Failure);
        Assert.Empty(names.Missing);
    }

    private static FakeRegistry RefusingBehind(int count, int total, int status, string code)
    {
        var registry = FakeRegistry.WithTags(count).WithTotal(total);
        var change = registry.Change!;
        registry.Change = (request, body) =>
            request.Action == "ListRepoTag" && (Number(request, "PageNo") - 1) * Number(request, "PageSize") >= total
                ? FakeRegistry.Refuse((HttpStatusCode)status, code)
                : change(request, body);
        return registry;
    }

    private static int Number(SeenRequest request, string parameter) => int.Parse(request[parameter], CultureInfo.InvariantCulture);
}
