using System.Net;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

/// <summary>The messages of IncompleteListing, with the counts of the requested list or range.</summary>
public sealed class IncompleteListingTextTests
{
    [Fact]
    public void Range_with_push_counts_its_rows()
    {
        var registry = FakeRegistry.WithTags(2);
        registry.Hold = (_, _) =>
        {
            if (registry.Requests.Count == 2) registry.Tags = ["x", .. registry.Tags];
            return Task.CompletedTask;
        };

        Assert.Equal(
            "The list of tags failed at page 2 after 1 tag of the range (TotalCount is 3). The service returned tags of earlier pages again, or the list changed.",
            Failure(registry, RowRange.Range(0, 2, 1)).Message);
    }

    [Theory]
    [InlineData("0", "The list of tags failed at page 2 after 0 tags of the range (TotalCount is 0). The service returned tags of earlier pages again, or the list changed.")]
    [InlineData(null, "The list of tags failed at page 2 after 0 tags of the range (the reply has no valid TotalCount). The service returned tags of earlier pages again, or the list changed.")]
    public void Range_with_repeated_page_1_counts_its_rows(string? total, string message)
    {
        var registry = FakeRegistry.WithTags(250).WithTotal(total);
        registry.Shown = (_, _) => 1;

        Assert.Equal(message, Failure(registry, RowRange.Range(100, 10, null)).Message);
    }

    [Fact]
    public void Range_that_ends_early_counts_its_rows() => Assert.Equal(
        "The list of tags ended at page 3 with 200 of 207 tags of the range (TotalCount is 257).",
        Failure(FakeRegistry.WithTags(250).WithTotal(257), RowRange.Range(50, null, null)).Message);

    [Fact]
    public void Failed_range_counts_its_rows()
    {
        var registry = FakeRegistry.WithTags(450);
        registry.Change = (request, _) => request["PageNo"] == "4" ? FakeRegistry.Reject(HttpStatusCode.Forbidden, "NoPrivilege") : null;

        Assert.Equal(
            "The list of tags failed at page 4 after 250 tags of the range (TotalCount is 450). ListRepoTag was rejected: Rejected.",
            Failure(registry, RowRange.Range(50, null, null)).Message);
    }

    /// <summary>Page 4 past the full last page is rejected, and so is the same position in another page size.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(1)]
    public void Names_page_that_failed(int throttleLimit)
    {
        var registry = FakeRegistry.WithTags(300);
        registry.Change = (request, _) => request["PageNo"] == "4" ? FakeRegistry.Reject(HttpStatusCode.Forbidden, "NoPrivilege") : null;

        var failure = Assert.IsType<IncompleteListingException>(Run.Of(Run.Connect(registry), Run.Query(Run.All), throttleLimit).Failure);

        Assert.Equal("The list of tags failed at page 4 after 100 of 300 tags. ListRepoTag was rejected: Rejected.", failure.Message);
        Assert.Equal(4, failure.PageNo);
    }

    [Theory]
    [InlineData("0", "The list of tags failed at page 1 after 0 tags (TotalCount is 0). The reply lists 'v1' twice.")]
    [InlineData("60", "The list of tags failed at page 1 after 0 of 60 tags. The reply lists 'v1' twice.")]
    public void List_without_rows_is_not_counted_against_0(string total, string message)
    {
        var registry = FakeRegistry.WithTags(60).WithTotal(total).With((request, body) =>
        {
            if (request["PageNo"] == "1") body["Images"]![2]!["Tag"] = "v1";
        });

        Assert.Equal(message, Failure(registry, Run.All).Message);
    }

    [Fact]
    public void Cuts_long_name()
    {
        var registry = FakeRegistry.WithTags(60).With((_, body) =>
        {
            foreach (var row in body["Images"]!.AsArray()) row!["Tag"] = new string('a', 100_000);
        });

        var message = Failure(registry, Run.All).Message;

        Assert.EndsWith("aaa…' twice.", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1_000, 1_200);
    }

    /// <summary>Tags are deleted before each further reading: TotalCount of the first replies does not count the rows of the last one.</summary>
    [Fact]
    public void Shrinking_list_is_a_changing_list()
    {
        var registry = FakeRegistry.WithTags(250);
        registry.SecondsOf = static _ => 0;
        registry.Order = (pageNo, _) => pageNo % 2 == 0 ? [.. Enumerable.Reverse(registry.Tags)] : registry.Tags;
        registry.Hold = (request, _) =>
        {
            if (request["PageNo"] == "1" && registry.Requests.Count > 1) registry.Tags = [.. registry.Tags.Skip(20)];
            return Task.CompletedTask;
        };

        var failure = Failure(registry, Run.All);

        Assert.StartsWith("The list of tags kept changing while it was read 4 times. ", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsContradiction);
    }

    private static IncompleteListingException Failure(FakeRegistry registry, RowRange range) => Assert.IsType<IncompleteListingException>(Run.Of(Run.Connect(registry), Run.Query(range), throttleLimit: 1).Failure);
}
