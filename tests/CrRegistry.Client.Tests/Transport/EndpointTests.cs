using CrRegistry.Client.Transport;

namespace CrRegistry.Client.Tests.Transport;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("cn-shanghai", false, "https://cr.cn-shanghai.aliyuncs.com/")]
    [InlineData("cn-shanghai", true, "https://cr-vpc.cn-shanghai.aliyuncs.com/")]
    [InlineData("cn-north-2-gov-1", false, "https://cr.cn-north-2-gov-1.aliyuncs.com/")]
    public void Returns_endpoint_of_region(string region, bool vpc, string endpoint) =>
        Assert.Equal(endpoint, ServiceEndpoint.OfRegion(region, vpc).AbsoluteUri);

    [Theory]
    [InlineData("cn")]
    [InlineData("cn shanghai")]
    [InlineData("cn-shanghai/x")]
    [InlineData("a@cn-shanghai")]
    [InlineData("CN-Shanghai")]
    [InlineData("cn-shanghai\n")]
    [InlineData("cn-")]
    [InlineData("")]
    public void Rejects_invalid_region(string region)
    {
        Assert.False(ServiceEndpoint.IsRegionId(region));
        Assert.Throws<ArgumentException>(() => ServiceEndpoint.OfRegion(region, false));
    }

    [Theory]
    [InlineData("https://cr.cn-shanghai.aliyuncs.com", null)]
    [InlineData("https://registry.example:8443/", null)]
    [InlineData("http://127.0.0.1:5000", null)]
    [InlineData("http://localhost:5000", null)]
    [InlineData("http://[::1]:5000", null)]
    [InlineData("http://cr.cn-shanghai.aliyuncs.com", "loopback")]
    [InlineData("http://127.0.0.1.example.com", "loopback")]
    [InlineData("https://me@cr.cn-shanghai.aliyuncs.com", "user information")]
    [InlineData("https://cr.cn-shanghai.aliyuncs.com/path", "more than a host")]
    [InlineData("https://cr.cn-shanghai.aliyuncs.com/?a=b", "more than a host")]
    [InlineData("https://cr.cn-shanghai.aliyuncs.com/#a", "more than a host")]
    [InlineData("ftp://127.0.0.1", "scheme")]
    [InlineData("cr.cn-shanghai.aliyuncs.com", "absolute")]
    public void Accepts_only_scheme_host_and_port(string text, string? problem)
    {
        var usable = ServiceEndpoint.IsUsable(new Uri(text, UriKind.RelativeOrAbsolute), out var said);

        Assert.Equal(problem is null, usable);
        if (problem is not null) Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://cr.cn-shanghai.aliyuncs.com", true)]
    [InlineData("https://cr-vpc.cn-north-2-gov-1.aliyuncs.com:443", true)]
    [InlineData("https://bucket.cn-shanghai.aliyuncs.com", false)]
    [InlineData("https://cr.bucket.oss-cn-shanghai.aliyuncs.com", false)]
    [InlineData("https://cr.cn-shanghai.aliyuncs.com.example", false)]
    [InlineData("https://crxcn-shanghai.aliyuncs.com", false)]
    public void Recognizes_hosts_of_service(string endpoint, bool isOfService) =>
        Assert.Equal(isOfService, ServiceEndpoint.IsOfService(new Uri(endpoint)));
}
