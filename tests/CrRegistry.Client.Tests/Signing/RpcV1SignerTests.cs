using System.Web;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Signing;

/// <summary>The values of the vectors are from the tests and documents of the official SDKs.</summary>
public sealed class RpcV1SignerTests
{
    private static readonly DateTimeOffset s_date = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Computes_documented_signature()
    {
        var request = new ApiRequest(new Uri("https://ecs.aliyuncs.com"), new Operation("DescribeRegions", ["GET"], Writes: false, null, []) { Version = "2014-05-26" }, new Dictionary<string, string>());

        using var message = new RpcV1Signer().Sign(
            request, new Credential("testid", "testsecret"), "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf", new DateTimeOffset(2016, 2, 23, 12, 46, 24, TimeSpan.Zero));

        Assert.Equal(
            "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML%26SignatureMethod%3DHMAC-SHA1"
            + "%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0"
            + "%26Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26",
            message.StringToSign);
        Assert.Equal("OLeaidS1JvxuMvnyHOwuJ+uX5qY=", HttpUtility.ParseQueryString(message.RequestUri!.Query)["Signature"]);
    }

    [Theory]
    [InlineData(null, "7loPmFjvDnzOVnQeQNj85S6nFGY=")]
    [InlineData("accessKeyStsToken", "5Nxdcler+ihqWqv0Hr2On4PsBf4=")]
    public void Computes_vector_of_go_sdk(string? token, string expected)
    {
        var parameters = "RegionId=regionId&AccessKeyId=accessKeyId&Action=&Version=&Format=JSON&Timestamp=mock date&SignatureMethod=HMAC-SHA1"
            + "&SignatureVersion=1.0&SignatureType=&SignatureNonce=MOCK_UUID" + (token is null ? "" : "&SecurityToken=" + token);

        Assert.Equal(expected, Signature("GET", parameters, "accessKeySecret"));
    }

    [Fact]
    public void Computes_vector_of_darabonba() =>
        Assert.Equal("jHx/oHoHNrbVfhncHEvPdHXZwHU=", Signature(string.Empty, "test=ok", "accessKeySecret"));

    [Theory]
    [InlineData("GET", "JNzIQOGABrn21W1XEX0HUgNABOY=")]
    [InlineData("POST", "hWf05fk0Gx1y7o9ZtX5BlsZe/cM=")]
    public void Computes_vectors_of_ListRepoTag(string method, string expected)
    {
        var parameters = "RepoId=crr-tquyps22md8p0001&PageSize=100&PageNo=1&InstanceId=cri-kmsiwlxxdcva0001&Action=ListRepoTag&Version=2018-12-01&Format=JSON"
            + "&AccessKeyId=testid&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=0123456789abcdef0123456789abcdef"
            + "&Timestamp=" + SignedRequest.DateText(s_date);

        Assert.Equal(expected, Signature(method, parameters, "testsecret"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public void Signs_method_of_operation(string method)
    {
        var operation = new Operation("DeleteRepoTag", [method], Writes: true, null, []);

        using var message = new RpcV1Signer().Sign(
            new ApiRequest(new Uri("http://127.0.0.1:8080"), operation, new Dictionary<string, string> { ["Tag"] = "v1" }),
            new Credential("test-id", "test-secret"),
            "nonce",
            s_date);

        Assert.Equal(method, message.Method.Method);
        var query = message.RequestUri!.AbsoluteUri.Split("/?")[1];
        var signed = query[..query.IndexOf("&Signature=", StringComparison.Ordinal)];
        Assert.Equal($"{method}&%2F&{Uri.EscapeDataString(signed)}", message.StringToSign);
        Assert.Equal(Signature(method, Uri.UnescapeDataString(signed), "test-secret"), HttpUtility.ParseQueryString(query)["Signature"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("test-token/+=")]
    public void Sends_signed_parameters(string? token)
    {
        var request = new ApiRequest(new Uri("http://127.0.0.1:8080"), Operation.GetRepoTag, new Dictionary<string, string> { ["Tag"] = "a b*!'()~标签+/%2F" });

        using var message = new RpcV1Signer().Sign(request, new Credential("test-id", "test-secret", token), "nonce", s_date);

        // The unparsed text of the address, because parsing would hide a changed encoding.
        var query = message.RequestUri!.AbsoluteUri.Split("/?")[1];
        var signed = query[..query.IndexOf("&Signature=", StringComparison.Ordinal)];
        Assert.Equal(message.StringToSign, "GET&%2F&" + Uri.EscapeDataString(signed));
        Assert.Contains("Tag=a%20b%2A%21%27%28%29~%E6%A0%87%E7%AD%BE%2B%2F%252F", signed, StringComparison.Ordinal);
        Assert.Equal(token, HttpUtility.ParseQueryString(signed)["SecurityToken"]);
        Assert.Empty(message.Headers);
        Assert.Null(message.Content);
    }

    private static string Signature(string method, string parameters, string secret)
    {
        var pairs = parameters.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return RpcV1Signer.Signature(RpcV1Signer.StringToSign(method, SignedRequest.QueryOf(pairs)), new Credential("unused", secret));
    }
}
