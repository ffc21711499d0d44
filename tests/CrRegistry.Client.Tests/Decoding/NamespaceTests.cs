using System.Net;
using CrRegistry.Client.Api;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Decoding;

/// <summary>ListNamespace and GetNamespace, in the form of the service.</summary>
public sealed class NamespaceTests : IDisposable
{
    private const string Id = "crn-9dk2m4xq7w1zt8yb";

    private readonly FakeRegistry _registry = new();
    private readonly Namespaces _namespaces = new(new InstanceScope(FakeRegistry.InstanceId, "cn-test"));

    public static TheoryData<string, string> Lists => new()
    {
        // TotalCount is text.
        {
            "application/json", """
            {"RequestId":"R-1","Code":"success","PageNo":1,"IsSuccess":true,"PageSize":100,"TotalCount":"1","Namespaces":[{"DefaultRepoType":"PUBLIC",
            "NamespaceStatus":"NORMAL","NamespaceId":"crn-9dk2m4xq7w1zt8yb","AutoCreateRepo":true,"InstanceId":"cri-other","NamespaceName":"payments","ResourceGroupId":"rg-a1"}]}
            """
        },
        // A fragment without a root.
        {
            "text/xml", """
            <IsSuccess>true</IsSuccess><Namespaces><NamespaceStatus>NORMAL</NamespaceStatus><NamespaceName>payments</NamespaceName><DefaultRepoType>PUBLIC</DefaultRepoType>
            <InstanceId>cri-other</InstanceId><AutoCreateRepo>true</AutoCreateRepo><NamespaceId>crn-9dk2m4xq7w1zt8yb</NamespaceId><ResourceGroupId>rg-a1</ResourceGroupId></Namespaces>
            <TotalCount>1</TotalCount><PageSize>100</PageSize><RequestId>R-1</RequestId><PageNo>1</PageNo><Code>success</Code>
            """
        },
    };

    public static TheoryData<string, string> Replies => new()
    {
        // An empty ResourceGroupId.
        {
            "application/json", """
            {"DefaultRepoType":"PUBLIC","NamespaceId":"crn-9dk2m4xq7w1zt8yb","NamespaceStatus":"NORMAL","RequestId":"R-2","Code":"success","InstanceId":"cri-other",
            "AutoCreateRepo":true,"IsSuccess":true,"NamespaceName":"payments","ResourceGroupId":""}
            """
        },
        // The document misspells NamespaceId.
        {
            "text/xml", """
            <AutoCreateRepo>true</AutoCreateRepo><Code>success</Code><DefaultRepoType>PUBLIC</DefaultRepoType><InstanceId>cri-other</InstanceId><IsSuccess>true</IsSuccess>
            <NamespaceName>payments</NamespaceName><NamespcaeId>crn-9dk2m4xq7w1zt8yb</NamespcaeId><NamespaceStatus>NORMAL</NamespaceStatus><RequestId>R-2</RequestId>
            """
        },
        {
            "text/xml", """
            <?xml version="1.0" encoding="UTF-8"?><GetNamespaceResponse><NamespaceName>payments</NamespaceName><NamespaceId>crn-9dk2m4xq7w1zt8yb</NamespaceId><AutoCreateRepo>true</AutoCreateRepo>
            <DefaultRepoType>PUBLIC</DefaultRepoType><NamespaceStatus>NORMAL</NamespaceStatus><DefaultRepoConfiguration/><Code>success</Code><IsSuccess>true</IsSuccess></GetNamespaceResponse>
            """
        },
    };

    public static TheoryData<string, string> Configurations => new()
    {
        {
            "application/json", """
            {"Code":"success","IsSuccess":true,"NamespaceName":"payments","DefaultRepoType":"PUBLIC",
            "DefaultRepoConfiguration":{"RepoType":"PRIVATE","TagImmutability":true,"ArtifactBuildRuleParameters":{"ImageIndexOnly":false}}}
            """
        },
        {
            "text/xml", """
            <GetNamespaceResponse><NamespaceName>payments</NamespaceName><DefaultRepoType>PUBLIC</DefaultRepoType>
            <DefaultRepoConfiguration><RepoType>PRIVATE</RepoType><TagImmutability>true</TagImmutability><ArtifactBuildRuleParameters><ImageIndexOnly>false</ImageIndexOnly></ArtifactBuildRuleParameters></DefaultRepoConfiguration>
            <Code>success</Code><IsSuccess>true</IsSuccess></GetNamespaceResponse>
            """
        },
    };

    public void Dispose() => _registry.Dispose();

    [Theory]
    [MemberData(nameof(Lists))]
    public void Reads_row_of_list(string contentType, string body) => AssertPayments(Of(contentType, body), "rg-a1");

    [Theory]
    [MemberData(nameof(Replies))]
    public void Reads_reply_of_lookup(string contentType, string body)
    {
        AssertPayments(Of(contentType, body, "payments"), null);
        AssertPayments(Of(contentType, body, Id), null);
        Assert.Equal([("payments", null), (null, Id)], _registry.Requests.Select(request => (request.Parameters.GetValueOrDefault("NamespaceName"), request.Parameters.GetValueOrDefault("NamespaceId"))));
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Reads_settings_of_new_repositories(string contentType, string body)
    {
        var row = Assert.Single(Of(contentType, body, "payments").Rows);

        Assert.Equal(("PRIVATE", true), (row.DefaultRepoType, row.DefaultTagImmutability));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    public void Reads_missing_settings(string configuration)
    {
        var row = Assert.Single(Of("application/json", $$"""{"Code":"success","NamespaceName":"payments","DefaultRepoConfiguration":{{configuration}}}""", "payments").Rows);

        Assert.Equal((null, null, null, null), (row.DefaultRepoType, row.DefaultTagImmutability, row.NamespaceId, row.AutoCreateRepo));
    }

    [Theory]
    [InlineData("""{"Code":"success","IsSuccess":true}""", "it has no NamespaceName")]
    [InlineData("""{"Code":"success","NamespaceName":""}""", "it has no NamespaceName")]
    [InlineData("""{"Code":"success","NamespaceName":"payments2"}""", "instead of 'payments'")]
    [InlineData("""{"Code":"success","NamespaceName":"payments","NamespaceName":"other"}""", "not a valid JSON reply")]
    public void Rejects_reply_about_another_namespace(string body, string problem)
    {
        var failure = Assert.IsType<CrApiException>(Of("application/json", body, "payments").Failure);

        Assert.Equal((CrErrorCode.InvalidResult, "GetNamespace"), (failure.Code, failure.Action));
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_row_without_name()
    {
        var listed = Of("application/json", """{"Code":"success","TotalCount":"2","Namespaces":[{"NamespaceName":"a"},{"NamespaceId":"crn-b"}]}""");

        Assert.Contains("row 2 of page 1 has no NamespaceName", listed.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_reply_without_rows() =>
        Assert.Contains("page 1 has no Namespaces, though TotalCount is 1", Of("application/json", """{"Code":"success","TotalCount":"1"}""").Failure!.Message, StringComparison.Ordinal);

    private Listed<Namespace> Of(string contentType, string body, params string[] names)
    {
        _registry.Change = (_, _) => FakeRegistry.Reply(HttpStatusCode.OK, body.Trim(), contentType);
        return Listed<Namespace>.Of(_registry, _namespaces, names);
    }

    private static void AssertPayments(Listed<Namespace> listed, string? resourceGroupId)
    {
        Assert.Null(listed.Failure);
        var row = Assert.Single(listed.Rows);
        Assert.Equal(
            (Id, "payments", "NORMAL", true, "PUBLIC", null, FakeRegistry.InstanceId, "cn-test", resourceGroupId),
            (row.NamespaceId, row.NamespaceName, row.NamespaceStatus, row.AutoCreateRepo, row.DefaultRepoType, row.DefaultTagImmutability, row.InstanceId, row.RegionId, row.ResourceGroupId));
        Assert.Equal("payments", row.ToString());
    }
}
