using CrRegistry.Emulator.Signatures;

namespace CrRegistry.Emulator.Tests;

public sealed class SignatureVectorTests
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly (string, string)[] s_listRepoTag =
        [("InstanceId", "cri-kmsiwlxxdcva0001"), ("PageNo", "1"), ("PageSize", "100"), ("RepoId", "crr-tquyps22md8p0001")];

    [Fact]
    public void Computes_documented_rpc_signature()
    {
        string toSign = RpcSignature.StringToSign("GET", Pairs(
            ("Version", "2014-05-26"), ("Timestamp", "2016-02-23T12:46:24Z"), ("SignatureVersion", "1.0"),
            ("SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"), ("SignatureMethod", "HMAC-SHA1"),
            ("Format", "XML"), ("Action", "DescribeRegions"), ("AccessKeyId", "testid"), ("Signature", "not signed itself")));

        Assert.Equal(
            "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML%26SignatureMethod%3DHMAC-SHA1"
            + "%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0"
            + "%26Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26",
            toSign);
        Assert.Equal("OLeaidS1JvxuMvnyHOwuJ+uX5qY=", RpcSignature.Sign("testsecret", toSign));
    }

    [Theory]
    [InlineData(null, "7loPmFjvDnzOVnQeQNj85S6nFGY=")]
    [InlineData("accessKeyStsToken", "5Nxdcler+ihqWqv0Hr2On4PsBf4=")]
    public void Computes_rpc_vector_of_go_sdk(string? securityToken, string expected)
    {
        (string, string)[] parameters =
        [
            ("AccessKeyId", "accessKeyId"), ("Action", ""), ("Version", ""), ("Format", "JSON"), ("Timestamp", "mock date"),
            ("SignatureMethod", "HMAC-SHA1"), ("SignatureVersion", "1.0"), ("SignatureType", ""), ("SignatureNonce", "MOCK_UUID"),
            ("RegionId", "regionId"),
            .. securityToken is null ? Array.Empty<(string, string)>() : [("SecurityToken", securityToken)],
        ];

        Assert.Equal(expected, RpcSignature.Sign("accessKeySecret", RpcSignature.StringToSign("GET", Pairs(parameters))));
    }

    [Fact]
    public void Computes_rpc_vector_of_darabonba() =>
        Assert.Equal("jHx/oHoHNrbVfhncHEvPdHXZwHU=", RpcSignature.Sign("accessKeySecret", RpcSignature.StringToSign("", Pairs(("test", "ok")))));

    [Theory]
    [InlineData("GET", "JNzIQOGABrn21W1XEX0HUgNABOY=")]
    [InlineData("POST", "hWf05fk0Gx1y7o9ZtX5BlsZe/cM=")]
    public void Signs_rpc_list_of_tags(string method, string expected)
    {
        string toSign = RpcSignature.StringToSign(method, Pairs([
            .. s_listRepoTag, ("Action", "ListRepoTag"), ("Version", "2018-12-01"), ("Format", "JSON"), ("AccessKeyId", "testid"),
            ("SignatureMethod", "HMAC-SHA1"), ("SignatureVersion", "1.0"),
            ("SignatureNonce", "0123456789abcdef0123456789abcdef"), ("Timestamp", "2026-01-02T03:04:05Z")]));

        Assert.Equal(expected, RpcSignature.Sign("testsecret", toSign));
    }

    [Fact]
    public void Computes_documented_v3_signature()
    {
        string canonical = AcsV3Signature.CanonicalRequest(
            "POST",
            "/",
            Pairs(("RegionId", "cn-shanghai"), ("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd")),
            Pairs(
                ("x-acs-version", "2014-05-26"), ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"),
                ("x-acs-date", "2023-10-26T10:22:32Z"), ("x-acs-content-sha256", EmptyHash), ("x-acs-action", "RunInstances"),
                ("host", "ecs.cn-shanghai.aliyuncs.com")),
            AcsV3Signature.Hash([]));

        ShouldBeSigned(
            canonical,
            "YourAccessKeySecret",
            "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259",
            "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    [Theory]
    [InlineData(false, "930edadffc5fadb79d0a0b7667d7a26a4d823783d02084884312e86f46104c0c", "36189e2d8bce8ced213302dd30035dd002a82d512ee55baf4e265139062418a2")]
    [InlineData(true, "0320be806291459db0e03bca559b3d2da41a7666386905f80ba202670c2de02b", "cab451efbed9bd93656f56e5f8154da36062646b0b3e71a2f5e9d5bc98c85a98")]
    public void Signs_v3_list_of_tags(bool temporary, string expectedHash, string expectedSignature)
    {
        (string, string)[] headers =
        [
            ("host", "cr.cn-hangzhou.aliyuncs.com"), ("x-acs-action", "ListRepoTag"), ("x-acs-content-sha256", EmptyHash),
            ("x-acs-date", "2026-01-02T03:04:05Z"), ("x-acs-signature-nonce", "0123456789abcdef0123456789abcdef"),
            ("x-acs-version", "2018-12-01"),
            .. temporary ? [("x-acs-accesskey-id", "testid"), ("x-acs-security-token", "teststs")] : Array.Empty<(string, string)>(),
        ];

        string canonical = AcsV3Signature.CanonicalRequest("GET", "/", Pairs(s_listRepoTag), Pairs(headers), EmptyHash);

        ShouldBeSigned(canonical, "testsecret", expectedHash, expectedSignature);
    }

    [Fact]
    public void Encodes_reserved_characters_like_service() =>
        Assert.Equal("a=-_.~&b=%20%2A%21%27%28%29%2B%2F%E4%BD%A0", PercentEncoding.Query(Pairs(("b", " *!'()+/你"), ("a", "-_.~"))));

    [Fact]
    public void Sorts_parameters_by_bytes() =>
        Assert.Equal("B=&X.1=&X.10=&X.2=&a=", PercentEncoding.Query(Pairs(("a", ""), ("X.2", ""), ("X.10", ""), ("B", ""), ("X.1", ""))));

    private static void ShouldBeSigned(string canonical, string secret, string expectedHash, string expectedSignature)
    {
        string toSign = AcsV3Signature.StringToSign(canonical);
        Assert.Equal("ACS3-HMAC-SHA256\n" + expectedHash, toSign);
        Assert.Equal(expectedSignature, AcsV3Signature.Sign(secret, toSign));
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(params (string Name, string Value)[] pairs) =>
        pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value));
}
