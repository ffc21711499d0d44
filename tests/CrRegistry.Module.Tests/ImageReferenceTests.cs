using CrRegistry.Emulator.Store;
using CrRegistry.Module.Tests.Support;

namespace CrRegistry.Module.Tests;

/// <summary>Image references, as container platforms print them, as the value of -Repository.</summary>
public sealed class ImageReferenceTests : ModuleTest
{
    private const string Registry = "prod-registry.cn-shanghai.cr.aliyuncs.com";
    private const string Other = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private RegistryRepository App => Emulator.Registry.Repositories[0];

    [Theory]
    [InlineData("prod-registry.cn-shanghai.cr.aliyuncs.com/team/app:v3")]
    [InlineData("prod-registry-vpc.cn-shanghai.cr.aliyuncs.com/team/app:v3")]
    [InlineData("PROD-registry.cn-Shanghai.cr.aliyuncs.com/team/app:v3")]
    [InlineData("team/app:v3")]
    [InlineData("team/app:v3@sha256:{digest}")]
    [InlineData("prod-registry.cn-shanghai.cr.aliyuncs.com/team/app:v3@sha256:{digest}")]
    [InlineData("prod-registry.cn-shanghai.cr.aliyuncs.com/team/app:v3@sha256:{DIGEST}")]
    [InlineData("docker-pullable://prod-registry.cn-shanghai.cr.aliyuncs.com/team/app:v3")]
    [InlineData("images.example.com/team/app:v3")]
    [InlineData("images.example.com:5000/team/app:v3")]
    [InlineData("localhost/team/app:v3")]
    [InlineData("[::1]:5000/team/app:v3")]
    public void Looks_up_tag(string reference)
    {
        reference = reference.Replace("{digest}", App.Find("v3")!.Digest, StringComparison.Ordinal).Replace("{DIGEST}", App.Find("v3")!.Digest!.ToUpperInvariant(), StringComparison.Ordinal);
        foreach (var command in new[] { $"Get-CrRepoTag '{reference}'", $"Get-CrRepoTag '{reference}' -Tag v3", $"'{reference}' | Get-CrRepoTag" })
        {
            Emulator.ClearRequests();
            var tag = Assert.Single(Session.Run(command).AssertNoError().Output);

            Assert.Equal(("v3", "team", "app"), (tag.ToString(), tag.Properties["RepoNamespaceName"].Value, tag.Properties["RepoName"].Value));
            Assert.Equal("GetRepoTag", Actions[^1]);
            Assert.DoesNotContain("ListRepoTag", Actions);
        }
    }

    [Theory]
    [InlineData(Registry + "/team/app", 30)]
    [InlineData("images.example.com/team/app", 30)]
    [InlineData("images.example.com:5000/team/app -All", 250)]
    [InlineData("images.example.com/team/app v1*", 111)]
    public void Lists_repository_of_reference_without_tag(string arguments, int count) => Assert.Equal(count, Session.Run($"Get-CrRepoTag {arguments}").AssertNoError().Output.Count);

    // A first part with a dot is a host only if a namespace and a name follow.
    [Theory]
    [InlineData("a.b/app", "v0 v1")]
    [InlineData("a.b/app:v1", "v1")]
    [InlineData(Registry + "/a.b/app:v1", "v1")]
    [InlineData("images.example.com/team/sub/app:v2", "v2")]
    [InlineData("team/sub/app:v2", "v2")]
    public void Distinguishes_namespace_from_host(string reference, string tags)
    {
        Emulator.Registry.AddRepository("a.b", "app").AddGenerated(2);
        Emulator.Registry.AddRepository("team", "sub/app").AddGenerated(3);

        Assert.Equal(tags.Split(' '), Session.Run($"Get-CrRepoTag '{reference}'").AssertNoError().Texts);
    }

    [Fact]
    public void Reads_what_container_platforms_print()
    {
        var images = $"{Registry}/team/app:v1 docker.io/library/nginx:1.27\n{Registry}/team/app:v249,{Registry}/team/gone:v1";

        var outcome = Session.Run($"\"{images.Replace("\n", "`n", StringComparison.Ordinal)}\" | Get-CrRepoTag");

        Assert.Equal(["v1", "v249"], outcome.Texts);
        Assert.Equal(["RegistryInvalid", "REPO_NOT_EXIST"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Null(outcome.Terminating);
    }

    /// <summary>An image of Docker Hub is printed without a host and a namespace.</summary>
    [Theory]
    [InlineData($"nginx {Registry}/team/app:v1 busybox:1.36")]
    [InlineData($"{Registry}/team/app:v1 nginx busybox:1.36")]
    public void Reports_each_short_name_in_a_line_of_images(string line)
    {
        var outcome = Session.Run($"'{line}' | Get-CrRepoTag");

        Assert.Equal(["v1"], outcome.Texts);
        Assert.Equal(["nginx", "busybox:1.36"], outcome.Errors.Select(error => error.TargetObject));
    }

    [Fact]
    public void Finds_all_tags_of_digest()
    {
        Session.Run("New-CrRepoTag team/app v3 prod").AssertNoError();
        Emulator.ClearRequests();

        foreach (var digest in new[] { App.Find("v3")!.Digest, App.Find("v3")!.Digest!.ToUpperInvariant() })
            Assert.Equal(["prod", "v3"], Session.Run($"Get-CrRepoTag '{Registry}/team/app@sha256:{digest}'").AssertNoError().Texts.Order());
        Assert.DoesNotContain("GetRepoTag", Actions);
    }

    [Fact]
    public void Reports_digest_without_tag()
    {
        var error = Session.Run($"'team/app@sha256:{Other}', 'team/app:v1' | Get-CrRepoTag").Error;

        Assert.StartsWith("TagNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal($"The repository 'team/app' has no tag with the digest 'sha256:{Other}'.", error.ToString());
    }

    [Fact]
    public void Reports_tag_without_digest()
    {
        Emulator.OnReply = (_, body, _) =>
        {
            if (body.ContainsKey("Digest")) body["Digest"] = "";
            return Task.CompletedTask;
        };

        var error = Session.Run($"Get-CrRepoTag team/app:v3@sha256:{Other}").Error;

        Assert.StartsWith("InvalidResult,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("team/app: The reply to GetRepoTag has no Digest, so the digest of the reference cannot be compared.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_other_digest_of_tag()
    {
        var outcome = Session.Run($"'{Registry}/team/app:v3@sha256:{Other}', 'team/app:v1' | Get-CrRepoTag");

        Assert.Equal(["v1"], outcome.Texts);
        Assert.Null(outcome.Terminating);
        Assert.StartsWith("DigestDiffers,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(
            $"team/app: The tag 'v3' has the digest '{App.Find("v3")!.Digest}' instead of '{Other}'. The tag may have been moved to another image. Omit the digest to get that image, or omit the tag to get the tags of the digest.",
            outcome.Error.ToString());
        Assert.Equal(["GetRepository", "GetRepoTag", "GetRepoTag"], Actions);
    }

    [Theory]
    [InlineData("prod-registry.cn-beijing.cr.aliyuncs.com/team/app:v1", "RegionMismatch", "is an image in the region 'cn-beijing', and the command uses 'cn-shanghai'. Use -RegionId and -InstanceId of the registry 'prod-registry.cn-beijing.cr.aliyuncs.com'.")]
    [InlineData("prod-registry-vpc.cn-beijing.cr.aliyuncs.com/team/app", "RegionMismatch", "is an image in the region 'cn-beijing'")]
    [InlineData("docker.io/team/app:v1", "RegistryInvalid", "is an image of the registry 'docker.io', which does not belong to an instance.")]
    [InlineData("crpi-x.cn-shanghai.personal.cr.aliyuncs.com/team/app:v1", "RegistryInvalid", "is an image of the registry 'crpi-x.cn-shanghai.personal.cr.aliyuncs.com', which does not belong to an instance.")]
    [InlineData("docker.io:443/team/app:v1", "RegistryInvalid", "is an image of the registry 'docker.io:443'")]
    [InlineData("prod-registry.cn-beijing.cr.aliyuncs.com:443/team/app:v1", "RegionMismatch", "is an image in the region 'cn-beijing'")]
    [InlineData("foo bar.com/team/app:v1", "RepositoryInvalid", "is not a repository.")]
    [InlineData("docker.io/nginx:v1", "RegistryInvalid", "is an image of the registry 'docker.io'")]
    [InlineData("registry.k8s.io/pause/pause:3.10", "RegistryInvalid", "is an image of the registry 'registry.k8s.io'")]
    [InlineData("registry.cn-shanghai.aliyuncs.com/team/app:v1", "RegistryInvalid", "is an image of the registry 'registry.cn-shanghai.aliyuncs.com'")]
    [InlineData("cr.cn-shanghai.aliyuncs.com/team/app", "RegistryInvalid", "is an image of the registry 'cr.cn-shanghai.aliyuncs.com'")]
    [InlineData("nginx:1.27", "RepositoryInvalid", "'nginx:1.27' is not a repository. Specify 'namespace/name', an image reference such as 'host/namespace/name:tag'")]
    [InlineData("sha256:" + Other, "RepositoryInvalid", "is not a repository.")]
    [InlineData("team/app:", "RepositoryInvalid", "'team/app:' is not a repository.")]
    [InlineData("team/app@sha256:abc", "RepositoryInvalid", "is not a repository.")]
    [InlineData("images.example.com/Team/app:v1", "RepositoryInvalid", "is not a repository.")]
    [InlineData("https://images.example.com/team/app:v1", "RepositoryInvalid", "is not a repository.")]
    [InlineData("team/app:v1 team/app:v2", "RepositoryInvalid", "'team/app:v1 team/app:v2' is not a repository.")]
    [InlineData("<none>:<none>", "RepositoryInvalid", "is not a repository.")]
    [InlineData("team/app:v1' -Tag 'v2", "AmbiguousTag", "The image reference of 'team/app' contains the tag 'v1', and -Tag specifies 'v2'. Omit -Tag.")]
    [InlineData("team/app:v1' -Tag 'v1', 'v2", "AmbiguousTag", "-Tag specifies 'v1', 'v2'.")]
    [InlineData("team/app:v1' -Tag 'v*", "AmbiguousTag", "-Tag specifies 'v*'.")]
    [InlineData("team/app@sha256:" + Other + "' -Tag 'v1", "AmbiguousTag", "contains the digest '" + Other + "', and -Tag specifies 'v1'.")]
    [InlineData("team/app:v1' -PageNo '1", "AmbiguousPaging", "-PageNo")]
    public void Rejects_reference_before_any_request(string reference, string errorId, string message)
    {
        var outcome = Session.Run($"Get-CrRepoTag '{reference}'");

        Assert.StartsWith(errorId + ",", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, outcome.Terminating.ToString(), StringComparison.Ordinal);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public void Uses_region_of_command_line() =>
        Assert.Equal(["v1"], Session.Run("Get-CrRepoTag prod-registry.cn-beijing.cr.aliyuncs.com/team/app:v1 -RegionId cn-beijing").AssertNoError().Texts);

    [Fact]
    public void Accepts_any_region_if_none_is_known()
    {
        Session.Run($"$null = Connect-CrRegistry -InstanceId {Emulator.InstanceId} -Endpoint {Emulator.Address} -Credential $credential").AssertNoError();

        Assert.Equal(["v1"], Session.Run("Get-CrRepoTag prod-registry.cn-beijing.cr.aliyuncs.com/team/app:v1").AssertNoError().Texts);
    }

    [Theory]
    [InlineData("images.example.com/team/app:v1", 1)]
    [InlineData("images.example.com/team/app", 1)]
    [InlineData(Registry + "/team/app:v1", 0)]
    [InlineData("team/app:v1", 0)]
    public void Names_custom_domain(string reference, int lines)
    {
        var verbose = Session.Run($"Get-CrRepoTag {reference} -First 1 -Verbose").AssertNoError().Verbose;

        Assert.Equal(lines, verbose.Count(line => line == "The host 'images.example.com' is not one that the service assigns. It is treated as a custom domain of the instance."));
    }

    [Fact]
    public void Counts_first_page_of_each_input()
    {
        var outcome = Session.Run("Get-CrRepoTag 'team/app:v1', team/app; 'team/app:v1', 'team/app' | Get-CrRepoTag").AssertNoError();

        Assert.Equal(62, outcome.Output.Count);
        Assert.Equal(2, outcome.Warnings.Count);
        Assert.All(outcome.Warnings, warning => Assert.Contains("'team/app' (30 of 250 tags)", warning, StringComparison.Ordinal));
    }

    // The tag of a change has its own parameter, and the host could be that of another registry.
    [Theory]
    [InlineData("New-CrRepoTag '{0}' v1 prod")]
    [InlineData("New-CrRepoTag '{0}' -ToTag prod -FromTag v3")]
    [InlineData("Remove-CrRepoTag '{0}' v3 -Confirm:$false")]
    public void Rejects_reference_for_change(string command)
    {
        foreach (var reference in new[] { $"{Registry}/team/app:v3", $"{Registry}/team/app", "images.example.com/team/app", "team/app:v3", $"team/app@sha256:{Other}", "team/app team/app" })
        {
            var outcome = Session.Run(string.Format(null, command, reference));

            Assert.StartsWith("RepositoryInvalid,", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("without a host or a tag", outcome.Terminating.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(Emulator.Requests);
    }
}
