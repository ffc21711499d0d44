using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Signing;

public sealed class Acs3SignerTests
{
    private const string Nonce = "0123456789abcdef0123456789abcdef";

    private static readonly DateTimeOffset s_date = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly Dictionary<string, string> s_listRepoTag = new()
    {
        ["RepoId"] = "crr-tquyps22md8p0001",
        ["PageSize"] = "100",
        ["PageNo"] = "1",
        ["InstanceId"] = "cri-kmsiwlxxdcva0001",
    };

    [Fact]
    public void Computes_official_vector()
    {
        var headers = new Dictionary<string, string>
        {
            ["host"] = "ecs.cn-shanghai.aliyuncs.com",
            ["x-acs-action"] = "RunInstances",
            ["x-acs-content-sha256"] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ["x-acs-date"] = "2023-10-26T10:22:32Z",
            ["x-acs-signature-nonce"] = "3156853299f313e23d1673dc12e1703d",
            ["x-acs-version"] = "2014-05-26",
        };
        var query = SignedRequest.QueryOf(new Dictionary<string, string> { ["RegionId"] = "cn-shanghai", ["ImageId"] = "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd" });

        var stringToSign = Acs3Signer.StringToSign("POST", query, [.. headers]);
        var authorization = Acs3Signer.Authorize(stringToSign, [.. headers], new Credential("YourAccessKeyId", "YourAccessKeySecret"));

        Assert.Equal("ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259", stringToSign);
        Assert.Equal(
            "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
            + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
            authorization);
    }

    [Fact]
    public void Signs_POST_with_parameters_in_query_and_empty_body()
    {
        var operation = new Operation("RunInstances", ["POST"], Writes: true, null, []) { Version = "2014-05-26" };
        var parameters = new Dictionary<string, string> { ["RegionId"] = "cn-shanghai", ["ImageId"] = "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd" };

        using var message = new Acs3Signer().Sign(
            new ApiRequest(new Uri("https://ecs.cn-shanghai.aliyuncs.com"), operation, parameters),
            new Credential("YourAccessKeyId", "YourAccessKeySecret"),
            "3156853299f313e23d1673dc12e1703d",
            new DateTimeOffset(2023, 10, 26, 10, 22, 32, TimeSpan.Zero));

        Assert.Equal(HttpMethod.Post, message.Method);
        Assert.Equal(
            "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
            + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
            message.Headers.GetValues("Authorization").Single());
        Assert.Equal("?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai", message.RequestUri!.Query);
        Assert.Equal(0, message.Content!.Headers.ContentLength);
        Assert.Null(message.Content.Headers.ContentType);
    }

    [Theory]
    [InlineData(null, "36189e2d8bce8ced213302dd30035dd002a82d512ee55baf4e265139062418a2")]
    [InlineData("teststs", "cab451efbed9bd93656f56e5f8154da36062646b0b3e71a2f5e9d5bc98c85a98")]
    public void Computes_vectors_of_ListRepoTag(string? token, string signature)
    {
        var request = new ApiRequest(new Uri("https://cr.cn-hangzhou.aliyuncs.com"), Operation.ListRepoTag, s_listRepoTag);

        using var message = new Acs3Signer().Sign(request, new Credential("testid", "testsecret", token), Nonce, s_date);

        Assert.EndsWith("Signature=" + signature, message.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
        Assert.Equal("?InstanceId=cri-kmsiwlxxdcva0001&PageNo=1&PageSize=100&RepoId=crr-tquyps22md8p0001", message.RequestUri!.Query);
        Assert.Equal(token is not null, message.Headers.Contains("x-acs-security-token"));
    }

    [Fact]
    public void Signs_non_default_port()
    {
        using var message = new Acs3Signer().Sign(new ApiRequest(new Uri("http://127.0.0.1:8080"), Operation.ListRepoTag, s_listRepoTag), new Credential("a", "b"), Nonce, s_date);

        Assert.Equal("127.0.0.1:8080", message.Headers.GetValues("host").Single());
    }

    [Theory]
    [InlineData("a b*!'()~_-.", "a%20b%2A%21%27%28%29~_-.")]
    [InlineData("标签/1+1=2&x", "%E6%A0%87%E7%AD%BE%2F1%2B1%3D2%26x")]
    [InlineData("", "")]
    public void Encodes_values_and_keeps_empty_ones(string value, string encoded) =>
        Assert.Equal("Name=" + encoded, SignedRequest.QueryOf(new Dictionary<string, string> { ["Name"] = value }));

    [Fact]
    public void Sorts_parameters_by_bytes() =>
        Assert.Equal("X.1=a&X.10=b&X.2=c&a=d", SignedRequest.QueryOf(new Dictionary<string, string> { ["a"] = "d", ["X.2"] = "c", ["X.10"] = "b", ["X.1"] = "a" }));

    [Fact]
    public void Each_nonce_is_new() => Assert.NotEqual(SignedRequest.NewNonce(), SignedRequest.NewNonce());
}
