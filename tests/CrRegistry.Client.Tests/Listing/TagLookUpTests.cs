using System.Net;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

public sealed class TagLookUpTests
{
    private readonly FakeRegistry _registry = FakeRegistry.WithTags(9);

    [Theory]
    [InlineData(0, 2L, "v7 v3")]
    [InlineData(1, null, "v3 v5")]
    [InlineData(1, 1L, "v3")]
    [InlineData(9, null, "")]
    public void Skip_and_First_count_existing_names(int skip, long? first, string expected)
    {
        var run = Run.Of(_registry, Run.Query(RowRange.Range(skip, first, null), exact: ["v7", "gone", "v3", "v5"]));

        Assert.Equal(expected, string.Join(' ', run.Names));
        Assert.Equal(["gone"], run.Missing);
    }

    [Theory]
    [InlineData("REPO_NOT_EXIST")]
    [InlineData("INSTANCE_NOT_EXIST")]
    [InlineData("NAMESPACE_NOT_EXIST")]
    [InlineData("NoPrivilege")]
    public void Other_error_is_not_a_missing_tag(string code)
    {
        _registry.Change = (_, _) => FakeRegistry.Reject(HttpStatusCode.NotFound, code);

        var run = Run.Of(_registry, Run.Query(Run.All, exact: ["v1"]));

        Assert.Empty(run.Missing);
        Assert.Equal(code, Assert.IsType<CrApiException>(run.Failure).Code);
    }

    [Theory]
    [InlineData("v1", "V1")]
    [InlineData("v1", "v10")]
    [InlineData("v1", "v1 ")]
    [InlineData("1.10", "1.1")]
    [InlineData("latest", "v1")]
    public void Reply_for_other_tag_is_InvalidResult(string requested, string returned)
    {
        _registry.Tags.Add(requested);
        _registry.Change = (_, body) =>
        {
            body["Tag"] = returned;
            return null;
        };

        foreach (var names in new string[][] { [requested], ["v3", requested, "gone"] })
        {
            var run = Run.Of(_registry, Run.Query(Run.All, exact: names));

            Assert.DoesNotContain(returned, run.Names);
            var failure = Assert.IsType<CrApiException>(run.Failure);
            Assert.Equal((CrErrorCode.InvalidResult, "GetRepoTag"), (failure.Code, failure.Action));
        }
    }
}
