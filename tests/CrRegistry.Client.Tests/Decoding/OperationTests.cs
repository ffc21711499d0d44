using System.Reflection;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Decoding;

public sealed class OperationTests
{
    private static readonly string[] s_methods = ["GET", "GET POST", "POST", "POST PUT"];
    private static readonly string[] s_pageParameters = ["PageNo", "Page", "PageSize", "MaxResults", "NextToken", "Offset"];

    [Theory]
    [InlineData(false, "GET", "GET")]
    [InlineData(false, "GET POST", "GET")]
    [InlineData(false, "POST", "POST")]
    [InlineData(true, "GET POST", "POST")]
    [InlineData(true, "POST PUT", "POST")]
    [InlineData(true, "GET", "GET")]
    public void Sends_reads_by_GET_and_writes_by_POST_if_allowed(bool writes, string allowed, string method) =>
        Assert.Equal(method, new Operation("Any", allowed.Split(' '), writes, null, []).Method);

    [Fact]
    public void Table_has_119_operations()
    {
        Assert.Equal(119, Operation.All.Count);
        Assert.Equal(542, Operation.All.Sum(operation => operation.Parameters.Count));
        Assert.Equal(29, Operation.All.Count(operation => operation.Rows is not null));
        Assert.Equal(55, Operation.All.Count(operation => !operation.Writes));
    }

    [Fact]
    public void Lines_of_table_are_valid_and_sorted()
    {
        Assert.Equal(Operation.All.Select(operation => operation.Name).Order(StringComparer.Ordinal), Operation.All.Select(operation => operation.Name));
        Assert.All(Operation.All, operation =>
        {
            Assert.Contains(string.Join(' ', operation.Methods), s_methods);
            Assert.All(operation.Parameters, parameter => Assert.True(parameter.Name.All(char.IsAsciiLetter), parameter.Name));
            Assert.Equal(operation.Parameters.Count, operation.Parameters.Select(parameter => parameter.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.True(operation.Rows is not null || (operation.RowKey, operation.RowTime) == (null, null), operation.Name);
            // Only lists have pages, and no page parameter is required: Invoke-CrApi -Paginate adds it.
            Assert.True(operation.Rows is not null || !operation.Parameters.Any(parameter => s_pageParameters.Contains(parameter.Name)), operation.Name);
            Assert.DoesNotContain(operation.Parameters, parameter => parameter.IsRequired && s_pageParameters.Contains(parameter.Name));
        });
    }

    [Fact]
    public void Operations_of_cmdlets_are_those_of_the_table()
    {
        var named = typeof(Operation).GetProperties(BindingFlags.Static | BindingFlags.Public).Where(property => property.PropertyType == typeof(Operation) && property.Name != nameof(Operation.AssumeRole)).ToList();

        Assert.True(named.Count >= 10);
        Assert.All(named, property => Assert.Same(Operation.Find(property.Name), property.GetValue(null)));
    }

    [Theory]
    [InlineData("ListRepoTag", "GET POST", false, "cr:ListRepositoryTag", "InstanceId! RepoId! MaxResults:Text NextToken:Text PageNo:Integer PageSize:Integer")]
    [InlineData("GetRepoTag", "GET", false, "cr:ListRepositoryTag", "InstanceId! RepoId! Tag!")]
    [InlineData("ResetLoginPassword", "GET POST", true, null, "InstanceId! Password!:Secret")]
    [InlineData("TagResources", "GET POST", true, null, "RegionId! ResourceId!:List ResourceType! Tag!:List")]
    [InlineData("UpdateNamespace", "GET POST", true, null, "AutoCreateRepo:Boolean DefaultRepoConfiguration:Json DefaultRepoType InstanceId! NamespaceName!")]
    public void Reads_line_of_table(string name, string methods, bool writes, string? ramAction, string parameters)
    {
        var operation = Operation.Find(name)!;

        Assert.Equal((methods, writes, ramAction), (string.Join(' ', operation.Methods), operation.Writes, operation.RamAction));
        Assert.Equal(parameters.Replace(":Text", "", StringComparison.Ordinal), string.Join(' ', operation.Parameters.Select(parameter =>
            parameter.Name + (parameter.IsRequired ? "!" : "") + (parameter.Type == ParameterType.Text ? "" : $":{parameter.Type}"))));
    }

    [Fact]
    public void Shows_no_value_that_is_not_a_name_or_an_ID()
    {
        Assert.True(Operation.DeleteRepoTag.Shows("Tag"));
        Assert.True(Operation.Find("DeleteChain")!.Shows("ChainId"));
        Assert.True(Operation.Find("DeleteRepoTrigger")!.Shows("TriggerId"));
        Assert.False(Operation.Find("ResetLoginPassword")!.Shows("Password"));
        Assert.False(Operation.ListRepoTag.Shows("Tag"));
        Assert.False(Operation.Find("TagResources")!.Shows("Tag"));
        Assert.False(Operation.Find("TagResources")!.Shows("Tag.1.Key"));
        Assert.True(Operation.Find("UntagResources")!.Shows("ResourceId.1"));
        Assert.False(Operation.Find("UntagResources")!.Shows("ResourceId"));
        Assert.False(Operation.DeleteRepoTag.Shows("Tag.1"));
        Assert.False(Operation.Find("CreateRepoTrigger")!.Shows("TriggerUrl"));
        Assert.False(Operation.Unknown("GetSecret").Shows("InstanceId"));
        Assert.All(Operation.All, operation => Assert.All(operation.Parameters, parameter => Assert.False(parameter.Type is ParameterType.Secret or ParameterType.Json or ParameterType.List && operation.Shows(parameter.Name))));
    }
}
