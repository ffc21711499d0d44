using CrRegistry.Retention;

namespace CrRegistry.Client.Tests.Retention;

/// <summary>Image references as Kubernetes, containerd and Docker print them.</summary>
public sealed class ImageReferenceTests
{
    private const string Hex = "67bfbcc12b67936ec7f867927817cbb071832b873dbcaed312a1930ba5f1d529";

    [Theory]
    [InlineData("prod-registry.cn-shanghai.cr.aliyuncs.com/team/app:v1", "team/app", "v1", null)]
    [InlineData("prod-registry-vpc.cn-shanghai.cr.aliyuncs.com/team/app:v1", "team/app", "v1", null)]
    [InlineData("registry.cn-hangzhou.aliyuncs.com/team/app:v1", "team/app", "v1", null)]
    [InlineData("registry.example.com:5000/team/app:v1", "team/app", "v1", null)]
    [InlineData("localhost/team/app:v1", "team/app", "v1", null)]
    [InlineData("team/app:v1", "team/app", "v1", null)]
    [InlineData("r.example.com/team/sub/app:_V.1-x", "team/sub/app", "_V.1-x", null)]
    [InlineData("team/app:azAZ09", "team/app", "azAZ09", null)]
    [InlineData("nginx-latest", "nginx-latest", "latest", null)]
    [InlineData("cafe", "cafe", "latest", null)]
    [InlineData("r.example.com/team/app", "team/app", "latest", null)]
    [InlineData("r.example.com:5000/team/app", "team/app", "latest", null)]
    [InlineData("r.example.com/team/app@sha256:" + Hex, "team/app", null, Hex)]
    [InlineData("r.example.com/team/app:v1@sha256:" + Hex, "team/app", "v1", Hex)]
    [InlineData("docker-pullable://r.example.com/team/app@sha256:" + Hex, "team/app", null, Hex)]
    [InlineData("docker://sha256:" + Hex, null, null, Hex)]
    [InlineData("sha256:" + Hex, null, null, Hex)]
    [InlineData(Hex, null, null, Hex)]
    [InlineData("nginx", "nginx", "latest", null)]
    [InlineData("nginx:1.27", "nginx", "1.27", null)]
    public void Reads_reference(string text, string? repository, string? tag, string? digest)
    {
        Assert.True(ImageReference.TryParse(text, out var reference));
        Assert.Equal((text, repository, tag, digest), (reference!.Text, reference.Repository, reference.Tag, reference.Digest));
        Assert.False(reference.IsOfOtherRegistry);
    }

    [Theory]
    [InlineData("prod-registry.cn-shanghai.cr.aliyuncs.com/team/app:v1", "prod-registry.cn-shanghai.cr.aliyuncs.com", "cn-shanghai", false)]
    [InlineData("prod-registry-vpc.CN-Shanghai.cr.aliyuncs.com/team/app", "prod-registry-vpc.CN-Shanghai.cr.aliyuncs.com", "cn-shanghai", true)]
    [InlineData("registry.cn-hangzhou.aliyuncs.com/team/app:v1", "registry.cn-hangzhou.aliyuncs.com", null, false)]
    [InlineData("cn-shanghai.cr.aliyuncs.com/team/app:v1", "cn-shanghai.cr.aliyuncs.com", null, false)]
    [InlineData("a.b.cn-shanghai.cr.aliyuncs.com/team/app:v1", "a.b.cn-shanghai.cr.aliyuncs.com", "cn-shanghai", false)]
    [InlineData("r.example.com:5000/team/app@sha256:" + Hex, "r.example.com:5000", null, false)]
    [InlineData("[::1]:5000/team/app:v1", "[::1]:5000", null, false)]
    [InlineData("[::1]/team/app:v1", "[::1]", null, false)]
    [InlineData("prod-registry.cn-hangzhou.cr.aliyuncs.com:443/team/app:v1", "prod-registry.cn-hangzhou.cr.aliyuncs.com:443", "cn-hangzhou", false)]
    [InlineData("prod-registry.cn-hangzhou.cr.aliyuncs.com./team/app:v1", "prod-registry.cn-hangzhou.cr.aliyuncs.com.", "cn-hangzhou", false)]
    [InlineData("crpi-x.cn-hangzhou.personal.cr.aliyuncs.com/team/app:v1", "crpi-x.cn-hangzhou.personal.cr.aliyuncs.com", null, false)]
    [InlineData("localhost/team/app:v1", "localhost", null, false)]
    [InlineData("team/app:latest", null, null, false)]
    [InlineData("team/app", null, null, true)]
    public void Reads_host(string text, string? host, string? regionId, bool isTagDefault)
    {
        Assert.True(ImageReference.TryParse(text, out var reference));
        Assert.Equal((host, regionId, isTagDefault), (reference!.Host, reference.RegionId, reference.IsTagDefault));
    }

    [Theory]
    [InlineData("docker.io/team/app:v1")]
    [InlineData("index.docker.io/team/app:v1")]
    [InlineData("ghcr.io/team/app:v1")]
    [InlineData("ghcr.io./team/app:v1")]
    [InlineData("docker.io:443/team/app:v1")]
    [InlineData("quay.io/team/app:v1")]
    [InlineData("gcr.io/team/app:v1")]
    [InlineData("eu.gcr.io/team/app:v1")]
    [InlineData("registry.k8s.io/team/app:v1")]
    [InlineData("mcr.microsoft.com/team/app:v1")]
    [InlineData("contoso.azurecr.io/team/app:v1")]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:v1")]
    [InlineData("europe-docker.pkg.dev/team/app:v1")]
    public void Recognizes_other_registry(string text)
    {
        Assert.True(ImageReference.TryParse(text, out var reference));
        Assert.True(reference!.IsOfOtherRegistry);
    }

    [Theory]
    [InlineData("notdocker.io/team/app:v1")]
    [InlineData("docker.io.example.com/team/app:v1")]
    public void Does_not_treat_similar_host_as_other_registry(string text)
    {
        Assert.True(ImageReference.TryParse(text, out var reference));
        Assert.False(reference!.IsOfOtherRegistry);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<none>")]
    [InlineData("<none>:<none>")]
    [InlineData("IMAGE")]
    [InlineData("Error")]
    [InlineData("team/app:")]
    [InlineData("team/app:v 1")]
    [InlineData("team/app:-v1")]
    [InlineData("team/app@")]
    [InlineData("team/app@sha256:abc")]
    [InlineData("team/app@sha512:" + Hex + Hex)]
    [InlineData("sha256:abc")]
    [InlineData("sha256:" + Hex + "0")]
    [InlineData("sha256:g7bfbcc12b67936ec7f867927817cbb071832b873dbcaed312a1930ba5f1d529")]
    [InlineData("r.example.com/")]
    [InlineData("r.example.com/:v1")]
    [InlineData("r.example.com/Team/app:v1")]
    [InlineData("r.example.com/team/app*:v1")]
    [InlineData("/team/app:v1")]
    [InlineData("://team/app:v1")]
    [InlineData("nginx docker.io/team/app:v1")]
    [InlineData("foo bar.com/team/app:v1")]
    [InlineData("<b.c>/team/app:v1")]
    [InlineData("../team/app:v1")]
    [InlineData(":/team/app:v1")]
    [InlineData("a.example.com,docker.io/team/app:v1")]
    [InlineData("r.example.com:abc/team/app:v1")]
    [InlineData("r.example.com:/team/app:v1")]
    [InlineData("r.example.com:65536/team/app:v1")]
    // docker ps prints the first characters of the ID if the tag has moved to another image.
    [InlineData("0f3e07c0138f")]
    public void Rejects_text_that_is_not_a_reference(string text) => Assert.False(ImageReference.TryParse(text, out _));

    [Fact]
    public void Rejects_tag_of_129_characters()
    {
        Assert.True(ImageReference.TryParse("team/app:" + new string('v', 128), out _));
        Assert.False(ImageReference.TryParse("team/app:" + new string('v', 129), out _));
    }
}
