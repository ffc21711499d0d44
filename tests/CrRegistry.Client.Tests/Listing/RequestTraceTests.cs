using System.Globalization;
using System.Net;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>The requests of a listing, one by one: PageNo, and PageSize if it is not 100; then the number of rows received.</summary>
public sealed class RequestTraceTests
{
    [Theory]
    // A correct list: page 1, the last page with the one past a full last page, the rest, both ends.
    [InlineData(0, "right", "", "1: 0")]
    [InlineData(99, "right", "", "1: 99")]
    [InlineData(250, "right", "", "1 3 2 1 3: 250")]
    [InlineData(300, "right", "", "1 3 4 2 1 3: 300")]
    [InlineData(100, "right", "", "1 2/99: 100")]
    [InlineData(650, "right", "", "1 7 2 3 4 5 6 1 7: 650")]
    [InlineData(250, "right", "by name", "1 3 2 1/93 2/93 3/93: 250")]
    [InlineData(300, "right", "by name", "1 3 4 2 1/93 2/93 3/93 4/93: 300")]
    [InlineData(100, "right", "by name", "1 2/99: 100")]
    [InlineData(250, "right", "oldest", "1 3 2 1 3: 250")]
    [InlineData(250, "right", "tie", "1 3 2 1/93 2/93 3/93: 250")]
    [InlineData(30, "none", "", "1 2 1/93: 30")]
    [InlineData(100, "none", "", "1 2 1/93 2/93 3/93: 100")]
    [InlineData(250, "none", "", "1 2 3 1/93 2/93 3/93 4/93: 250")]
    [InlineData(300, "none", "", "1 2 3 4 1/93 2/93 3/93 4/93 5/93: 300")]
    [InlineData(30, "0", "", "1 2 1/93: 30")]
    [InlineData(100, "0", "", "1 2 1/93 2/93 3/93: 100")]
    [InlineData(250, "0", "", "1 2 3 1/93 2/93 3/93 4/93: 250")]
    [InlineData(250, "100", "", "1 2/99 2 3 1/93 2/93 3/93 4/93: 250")]
    [InlineData(250, "200", "", "1 2 3 1/93 2/93 3/93 4/93: 250")]
    [InlineData(250, "240", "", "1 3 2 1/93 2/93 3/93 4/93: 250")]
    [InlineData(450, "200", "", "1 2 3 3/99 4 5 1/93 2/93 3/93 4/93 5/93 6/93: 450")]
    [InlineData(250, "257", "", "1 3 2 1/93 2/93 3/93 1/86 2/86 3/86 1/79 2/79 3/79 4/79: IncompleteListingException after 250")]
    [InlineData(250, "100000", "", "1 1000 1001 1/93 2/93 3/93: IncompleteListingException after 250")]
    [InlineData(99, "100000", "", "1 1/99 1011/99 1/92 2/92: IncompleteListingException after 99")]
    [InlineData(100, "100000", "", "1 1000 1001 1/93 2/93: IncompleteListingException after 100")]
    [InlineData(300, "100000", "", "1 1000 1001 1/93 2/93 3/93 4/93: IncompleteListingException after 300")]
    [InlineData(250, "right", "last page again", "1 3 2 1 3: 250")]
    [InlineData(300, "right", "last page again", "1 3 4 2 1 3: 300")]
    [InlineData(300, "right", "page 1 again", "1 3 4 2 1 3: 300")]
    [InlineData(250, "none", "last page again", "1 2 3 1/93 2/93 3/93 4/93: 250")]
    [InlineData(300, "none", "last page again", "1 2 3 4 5: IncompleteListingException after 300")]
    [InlineData(300, "none", "page 1 again", "1 2 3 4 5: IncompleteListingException after 300")]
    [InlineData(250, "200", "page 1 again", "1 2 3 1/93 2/93 3/93 4/93: 250")]
    [InlineData(300, "200", "page 1 again", "1 2 3 3/99 4 5: IncompleteListingException after 300")]
    [InlineData(300, "100000", "page 1 again", "1 1000 1001 2 3 4 5: IncompleteListingException after 300")]
    [InlineData(300, "100000", "last page again", "1 1000 1001 2 3 4 5: IncompleteListingException after 300")]
    [InlineData(250, "none", "PageNo ignored", "1 2 3: IncompleteListingException after 100")]
    [InlineData(250, "right", "PageNo ignored", "1 3 2: IncompleteListingException after 100")]
    [InlineData(250, "right", "pages of 50 rows", "1 1/50 5/50 6/50 2/50 3/50 4/50 1/50 5/50: 250")]
    [InlineData(250, "right", "pages of 50 rows, no PageSize", "1 1/50 5/50 6/50 2/50 3/50 4/50 1/50 5/50: 250")]
    [InlineData(40, "right", "pages of 50 rows, no PageSize", "1: 40")]
    [InlineData(120, "none", "pages of 50 rows, no PageSize", "1 2 1/50 2/50 3/50 1/46 2/46 3/46 4/46: 120")]
    [InlineData(120, "0", "pages of 50 rows, no PageSize", "1 2 1/50 2/50 3/50 1/46 2/46 3/46 4/46: 120")]
    [InlineData(300, "right", "rejected", "1 3 4 4/99 2 1 3: 300")]
    [InlineData(100, "right", "rejected", "1 2/99: 100")]
    [InlineData(30, "none", "rejected", "1 2 1/93: 30")]
    [InlineData(300, "none", "rejected", "1 2 3 4: IncompleteListingException after 300")]
    public void Complete_list_sends_these_requests(int count, string total, string service, string trace) =>
        Assert.Equal(trace, Trace(count, total, service, Run.All));

    [Theory]
    [InlineData(250, "right", "", 0, 250L, "1 2 3: 250")]
    [InlineData(250, "right", "", 0, 240L, "1 2 3: 240")]
    [InlineData(250, "right", "", 0, 300L, "1 2 3: 250")]
    [InlineData(300, "right", "", 0, 300L, "1 2 3: 300")]
    [InlineData(300, "right", "", 0, 301L, "1 2 3 4: 300")]
    [InlineData(300, "right", "", 50, null, "1 2 3 4: 250")]
    [InlineData(300, "right", "", 100, null, "2 1 3 4: 200")]
    [InlineData(300, "right", "", 100, 100L, "2 1: 100")]
    [InlineData(300, "right", "", 300, null, "4 1 3: 0")]
    [InlineData(300, "right", "", 999, 5L, "10 1 9: 0")]
    [InlineData(300, "right", "", 0, 7L, "1/7: 7")]
    [InlineData(5, "right", "", 0, 7L, "1/7: 5")]
    [InlineData(250, "right", "", 200, null, "3 1 2: 50")]
    [InlineData(250, "right", "", 249, 1L, "3 1 2: 1")]
    [InlineData(250, "none", "", 50, null, "1 2 3 4: 200")]
    [InlineData(250, "none", "", 150, null, "2 1 3 4: 100")]
    [InlineData(250, "none", "", 150, 20L, "2 1: 20")]
    [InlineData(300, "none", "", 150, null, "2 1 3 4: 150")]
    [InlineData(300, "none", "", 400, null, "5 1 4: 0")]
    [InlineData(350, "200", "", 50, null, "1 2 3 4 5: 300")]
    [InlineData(350, "200", "", 250, null, "3 1 2 4 5: 100")]
    [InlineData(350, "200", "", 250, 20L, "3 1 2: 20")]
    [InlineData(250, "100000", "", 150, null, "2 1 3 4 5: IncompleteListingException after 100")]
    [InlineData(250, "100000", "", 400, 5L, "5 1 4: IncompleteListingException after 0")]
    [InlineData(250, "100000", "", 0, 250L, "1 2 3 4: 250")]
    [InlineData(300, "right", "last page again", 0, 400L, "1 2 3 4 4/99: 300")]
    [InlineData(300, "right", "page 1 again", 150, null, "2 1 3 4 4/99: 150")]
    [InlineData(300, "right", "page 1 again", 400, null, "5 1 4 4/99: 0")]
    [InlineData(300, "right", "last page again", 400, null, "5 1 4 4/99: 0")]
    [InlineData(250, "200", "last page again", 400, null, "5 1 4 3/99: 0")]
    [InlineData(250, "none", "page 1 again", 400, null, "5 1 4: IncompleteListingException after 0")]
    [InlineData(250, "right", "PageNo ignored", 0, 150L, "1 2: IncompleteListingException after 100")]
    [InlineData(250, "right", "PageNo ignored", 100, 50L, "2 1: IncompleteListingException after 0")]
    [InlineData(250, "right", "pages of 50 rows", 120, 100L, "2 1 1/50 3/50 2/50 4/50 5/50: 100")]
    [InlineData(250, "right", "pages of 50 rows, no PageSize", 120, 100L, "2 1 1/50 3/50 2/50 4/50 5/50: 100")]
    [InlineData(250, "right", "pages of 50 rows, no PageSize", 0, 120L, "1 1/50 2/50 3/50: 120")]
    [InlineData(300, "right", "rejected", 50, null, "1 2 3 4 4/99: 250")]
    [InlineData(300, "right", "rejected", 400, null, "5 1 4: 0")]
    [InlineData(300, "none", "rejected", 400, null, "5 1 4 5: CrApiException after 0")]
    public void Range_sends_these_requests(int count, string total, string service, int skip, long? first, string trace) =>
        Assert.Equal(trace, Trace(count, total, service, RowRange.Range(skip, first, null)));

    private static string Trace(int count, string total, string service, RowRange selection)
    {
        var registry = FakeRegistry.WithTags(count);
        if (total != "right") registry.WithTotal(total == "none" ? null : total);
        if (service.Contains("by name", StringComparison.Ordinal)) registry.SecondsOf = tag => Number(tag) % 7;
        if (service.Contains("oldest", StringComparison.Ordinal)) registry.SecondsOf = Number;
        if (service.Contains("tie", StringComparison.Ordinal)) registry.SecondsOf = tag => Number(tag) == 100 ? -99 : -Number(tag);
        if (service.Contains("last page again", StringComparison.Ordinal)) registry.Shown = Math.Min;
        if (service.Contains("page 1 again", StringComparison.Ordinal)) registry.Shown = (pageNo, last) => pageNo > last ? 1 : pageNo;
        if (service.Contains("PageNo ignored", StringComparison.Ordinal)) registry.Shown = (_, _) => 1;
        if (service.Contains("50 rows", StringComparison.Ordinal)) registry.LargestPageSize = 50;
        if (service.Contains("no PageSize", StringComparison.Ordinal)) registry.With((_, body) => body["PageSize"] = null);
        if (service.Contains("rejected", StringComparison.Ordinal))
        {
            var change = registry.Change;
            registry.Change = (request, body) => int.Parse(request["PageNo"], CultureInfo.InvariantCulture) > 1 && (int.Parse(request["PageNo"], CultureInfo.InvariantCulture) - 1) * int.Parse(request["PageSize"], CultureInfo.InvariantCulture) >= count
                ? FakeRegistry.Reject(HttpStatusCode.BadRequest, "InvalidParameter")
                : change?.Invoke(request, body);
        }

        // One request after the other, so that their order is fixed.
        var run = Run.Of(registry, Run.Query(selection), throttleLimit: 1);

        var failure = run.Failure is null ? $": {run.Names.Count}" : $": {run.Failure.GetType().Name} after {run.Names.Count}";
        return string.Join(' ', registry.Requests.Select(request => request["PageNo"] + (request["PageSize"] == "100" ? "" : "/" + request["PageSize"]))) + failure;
    }

    private static long Number(string tag) => long.Parse(tag.AsSpan(1), CultureInfo.InvariantCulture);
}
