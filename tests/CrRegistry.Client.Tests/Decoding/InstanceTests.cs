using System.Net;
using CrRegistry.Client.Api;
using CrRegistry.Client.Tests.Support;

namespace CrRegistry.Client.Tests.Decoding;

/// <summary>ListInstance and GetInstance, in the form of the service.</summary>
public sealed class InstanceTests : IDisposable
{
    private const string Id = "cri-4hq8v2mznd0x7swc";
    private const long Created = 1611111111000;
    private const long Modified = 1622222222000;

    private readonly FakeRegistry _registry = new();

    public static TheoryData<string, string> Lists => new()
    {
        // Times are text, TotalCount is a number. An entry of Tags is empty.
        {
            "application/json", """
            {"RequestId":"R-1","Code":"success","PageNo":1,"IsSuccess":true,"PageSize":100,"TotalCount":1,"Instances":[{"ModifiedTime":"1622222222000","InstanceName":"production",
            "CreateTime":"1611111111000","InstanceSpecification":"Enterprise_Advanced","InstanceStatus":"RUNNING","InstanceId":"cri-4hq8v2mznd0x7swc","RegionId":"cn-row",
            "ResourceGroupId":"rg-a1","InstanceIssue":"a bucket of this name exists","Tags":[{"TagKey":"","TagValue":""}]}]}
            """
        },
        {
            "text/xml", """
            <Instances><InstanceName>production</InstanceName><ModifiedTime>1622222222000</ModifiedTime><InstanceSpecification>Enterprise_Advanced</InstanceSpecification>
            <InstanceId>cri-4hq8v2mznd0x7swc</InstanceId><InstanceStatus>RUNNING</InstanceStatus><CreateTime>1611111111000</CreateTime><RegionId>cn-row</RegionId>
            <ResourceGroupId>rg-a1</ResourceGroupId><InstanceIssue>a bucket of this name exists</InstanceIssue><Tags><TagKey/><TagValue/></Tags></Instances>
            <IsSuccess>true</IsSuccess><TotalCount>1</TotalCount><PageSize>100</PageSize><RequestId>R-1</RequestId><PageNo>1</PageNo><Code>success</Code>
            """
        },
    };

    public static TheoryData<string, string> Replies => new()
    {
        // Times are numbers. There is no RegionId.
        {
            "application/json", """
            {"ModifiedTime":1622222222000,"RequestId":"R-2","CreateTime":1611111111000,"InstanceName":"production","InstanceSpecification":"Enterprise_Advanced","Code":"success",
            "InstanceStatus":"RUNNING","InstanceId":"cri-4hq8v2mznd0x7swc","IsSuccess":true,"ResourceGroupId":"rg-a1","InstanceIssue":"values:\nOSS_A: one\n\nOSS_B: two",
            "Tags":[{"TagKey":"team","TagValue":"payments"}]}
            """
        },
        {
            "text/xml", """
            <GetInstanceResponse><ModifiedTime>1622222222000</ModifiedTime><RequestId>R-2</RequestId><CreateTime>1611111111000</CreateTime><InstanceName>production</InstanceName>
            <InstanceSpecification>Enterprise_Advanced</InstanceSpecification><Code>success</Code><InstanceStatus>RUNNING</InstanceStatus><InstanceId>cri-4hq8v2mznd0x7swc</InstanceId>
            <ResourceGroupId>rg-a1</ResourceGroupId><InstanceIssue>values:&#10;OSS_A: one&#10;&#10;OSS_B: two</InstanceIssue><IsSuccess>true</IsSuccess></GetInstanceResponse>
            """
        },
    };

    public void Dispose() => _registry.Dispose();

    [Theory]
    [MemberData(nameof(Lists))]
    public void Reads_row_of_list(string contentType, string body) => AssertProduction(Of(contentType, body), "a bucket of this name exists", "cn-row");

    [Theory]
    [MemberData(nameof(Replies))]
    public void Reads_reply_of_lookup(string contentType, string body)
    {
        AssertProduction(Of(contentType, body, Id), "values:\nOSS_A: one\n\nOSS_B: two", "cn-asked");
        Assert.Equal(Id, Assert.Single(_registry.Requests)["InstanceId"]);
    }

    [Theory]
    [InlineData("""{"Code":"success","IsSuccess":true}""", "it has no InstanceId")]
    [InlineData("""{"Code":"success","InstanceId":"cri-other"}""", "it is about instance 'cri-other' instead of 'cri-4hq8v2mznd0x7swc'")]
    [InlineData("""{"Code":"success","InstanceId":"cri-4hq8v2mznd0x7swc","CreateTime":"yesterday"}""", "it (instance 'cri-4hq8v2mznd0x7swc') has an invalid CreateTime 'yesterday'")]
    [InlineData("""{"Code":"success","InstanceId":"cri-4hq8v2mznd0x7swc","ModifiedTime":"later"}""", "has an invalid ModifiedTime 'later'")]
    public void Rejects_invalid_reply(string body, string problem)
    {
        var failure = Assert.IsType<CrApiException>(Of("application/json", body, Id).Failure);

        Assert.Equal((CrErrorCode.InvalidResult, "GetInstance"), (failure.Code, failure.Action));
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Code":"success","TotalCount":1,"Instances":[{"InstanceName":"a"}]}""", "row 1 of page 1 has no InstanceId")]
    [InlineData("""{"Code":"success","TotalCount":12121}""", "page 1 has no Instances, though TotalCount is 12121")]
    public void Rejects_invalid_page(string body, string problem) => Assert.Contains(problem, Of("application/json", body).Failure!.Message, StringComparison.Ordinal);

    [Fact]
    public void Requests_page_without_instance()
    {
        Of("application/json", """{"Code":"success","TotalCount":0,"Instances":[]}""");

        Assert.All(_registry.Requests, request => Assert.Equal(["PageNo", "PageSize"], request.Parameters.Keys.Where(key => key.StartsWith("Page", StringComparison.Ordinal) || key.StartsWith("Instance", StringComparison.Ordinal)).Order()));
    }

    [Theory]
    [InlineData("production")]
    [InlineData("cri-UPPER")]
    public void Reads_list_for_name(string name)
    {
        var listed = Of("application/json", """{"Code":"success","TotalCount":2,"Instances":[{"InstanceId":"cri-a","InstanceName":"production"},{"InstanceId":"cri-b","InstanceName":"test"}]}""", name);

        Assert.All(_registry.Requests, request => Assert.Equal("ListInstance", request.Action));
        Assert.Equal(name == "production" ? ["cri-a"] : [], listed.Rows.Select(row => row.InstanceId));
        Assert.Equal(name == "production" ? [] : [name], listed.Missing);
    }

    private Listed<Instance> Of(string contentType, string body, params string[] names)
    {
        _registry.Change = (_, _) => FakeRegistry.Reply(HttpStatusCode.OK, body.Trim(), contentType);
        return Listed<Instance>.Of(_registry, new Instances("cn-asked"), names);
    }

    private static void AssertProduction(Listed<Instance> listed, string issue, string regionId)
    {
        Assert.Null(listed.Failure);
        var row = Assert.Single(listed.Rows);
        Assert.Equal(
            (Id, "production", "Enterprise_Advanced", "RUNNING", issue, regionId, "rg-a1"),
            (row.InstanceId, row.InstanceName, row.InstanceSpecification, row.InstanceStatus, row.InstanceIssue, row.RegionId, row.ResourceGroupId));
        Assert.Equal((Local(Created), Local(Modified)), (row.CreateTime, row.ModifiedTime));
        Assert.Equal(Id, row.ToString());
    }

    private static DateTime Local(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).LocalDateTime;
}
