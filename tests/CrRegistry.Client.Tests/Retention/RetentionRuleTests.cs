using CrRegistry.Retention;

namespace CrRegistry.Client.Tests.Retention;

/// <summary>The rule of Select-CrStaleTag, case by case. <see cref="TestRegistry"/> has the short form.</summary>
public sealed class RetentionRuleTests
{
    [Theory]
    // One condition.
    [InlineData("keep=2", "a@1=1 b@2=2 c@3=3 d@4=4", "c d")]
    [InlineData("keep=0", "a@1=1 b@2=2", "a b")]
    [InlineData("keep=4", "a@1=1 b@2=2", "")]
    [InlineData("keep=2147483647", "a@1=1 b@2=2", "")]
    [InlineData("older=90", "a@89=1 b@91=2", "b")]
    [InlineData("keep=2", "", "")]
    // A tag that was updated exactly at the limit is not older.
    [InlineData("older=90", "a@90=1", "")]
    [InlineData("older=90", "a@-5=1", "")]
    // Every condition must say so.
    [InlineData("keep=1 older=90", "a@1=1 b@89=2 c@91=3", "c")]
    [InlineData("keep=1 older=90", "a@91=1 b@92=2", "b")]
    [InlineData("keep=0 older=90", "a@89=1 b@91=2", "b")]
    // Equal times at the border are all kept.
    [InlineData("keep=2", "a@1=1 b@2=2 c@2=3 d@2=4 e@3=5", "e")]
    [InlineData("keep=1", "a@2=1 b@2=2 c@2=3", "")]
    // Kept in any case.
    [InlineData("keep=0", "latest@900=1 Latest@900=2 latest-1@900=3", "Latest latest-1")]
    [InlineData("keep=0 protect=release-*", "release-1@900=1 Release-1@900=2 prerelease-1@900=3", "Release-1 prerelease-1")]
    [InlineData("keep=0 protect=a protect=b*", "a@900=1 b1@900=2 c@900=3", "c")]
    [InlineData("keep=0", "a=1 b@1=2", "b")]
    [InlineData("older=90", "a=1 b@91=2", "b")]
    [InlineData("keep=0", "a@900 b@1=2", "b")]
    // Tags that are kept in any case count among the newest. Tags without a time do not.
    [InlineData("keep=2", "latest@1=1 a@2=2 b@3=3", "b")]
    [InlineData("keep=1", "a=1 b@2=2 c@3=3", "c")]
    // Shared digests.
    [InlineData("older=90", "prod@1=1 v1@100=1 v2@100=2", "v2")]
    [InlineData("keep=0", "latest@1=1 v1@100=1 v2@100=2", "v2")]
    [InlineData("keep=0", "a=1 v1@100=1 v2@100=2", "v2")]
    [InlineData("older=90", "v1@100=1 v2@200=1", "v1 v2")]
    // Attached tags follow the image that they name, and do not count.
    [InlineData("older=90", "v1@1=1 sig:1@900=2 v2@100=3 sig:3@1=4 att:3@1=5 sbom:3@1=6 ref:3@1=7", "v2 sig:3 att:3 sbom:3 ref:3")]
    [InlineData("keep=2", "sig:1@1=a v1@2=1 sig:2@3=b v2@4=2 v3@5=3", "v3")]
    [InlineData("keep=0", "latest@1=1 sig:1@1=2", "")]
    [InlineData("keep=0", "latest@1=1 v1@1=1 sig:1@1=2 ref:1@900=3 v2@1=4 ref:4@1=5", "v2 ref:4")]
    [InlineData("keep=0 protect=v*", "v1@900=1 v2@900=1 sig:1@900=2", "")]
    [InlineData("keep=0 protect=v1", "v1@900=1 sig:1@900=2 sig:3@900=4 v3@900=3", "sig:3 v3")]
    // The image of an attached tag is not in the input.
    [InlineData("keep=0", "sig:1@900=2 v1@900=3", "v1")]
    // An attached tag is kept for a reason of its own, and its image is not.
    [InlineData("keep=0 protect=sha256-*", "v1@900=1 sig:1@900=2", "v1")]
    [InlineData("keep=0", "v1@900=1 sig:1=2", "v1")]
    // The signature of an SBOM names the digest of the SBOM.
    [InlineData("older=90", "v1@100=1 sbom:1@100=2 sig:2@100=3", "v1 sbom:1 sig:2")]
    [InlineData("older=90", "v1@1=1 sbom:1@100=2 sig:2@100=3 sig:3@100=4", "")]
    [InlineData("keep=0", "sbom:1@100=2 sig:2@100=3", "")]
    // Attached tags that name one another belong to no image.
    [InlineData("keep=0", "sig:1@100=2 sig:2@100=1", "")]
    [InlineData("keep=0", "sig:1@100=1", "")]
    [InlineData("keep=0", "sig:1@100=2 sig:2@100=1 v1@100=1", "")]
    // An attached tag shares its digest with another tag.
    [InlineData("keep=0", "v1@100=1 sig:1@100=2 latest@1=2", "v1")]
    [InlineData("older=90", "v1@1=1 sig:1@100=2 x@100=2 v2@100=3", "v2")]
    [InlineData("older=90", "v1@100=1 sig:1@100=2 x@1=2", "v1")]
    [InlineData("older=90", "v1@1=1 v2@100=2 sig:1@100=3 sig:2@100=3", "v2")]
    // A name that is not of an attached tag.
    [InlineData("keep=0", "sha256-abc@1=1 xsha256-abc.sig@1=2 sha256@1=3", "sha256-abc xsha256-abc.sig sha256")]
    // In use.
    [InlineData("keep=0 inuse=reg.cn-shanghai.cr.aliyuncs.com/team/app:v1", "v1@900=1 v2@900=1 v3@900=2", "v3")]
    [InlineData("keep=0 inuse=reg.cn-shanghai.cr.aliyuncs.com/team/app:v1", "v1@900=1 sig:1@900=2 v3@900=3", "v3")]
    [InlineData("keep=0 inuse=reg.cn-shanghai.cr.aliyuncs.com/team/web:v1", "v1@900=1", "v1")]
    [InlineData("keep=0 inuse=reg.cn-shanghai.cr.aliyuncs.com/team/app:V1", "v1@900=1", "v1")]
    [InlineData("keep=0 inuse=mirror.example.com/proxy/team/app:v1", "v1@900=1 v2@900=2", "v2")]
    [InlineData("keep=0 inuse=reg.cn-shanghai.cr.aliyuncs.com/myteam/app:v1", "v1@900=1", "v1")]
    [InlineData("keep=0 inuse=team/app:v1", "v1@900=1 v2@900=2", "v2")]
    [InlineData("keep=0 inuse=team/app", "latest@900=1 v1@900=1 v2@900=2", "v2")]
    [InlineData("keep=0 inuse=ghcr.io/team/app:v1", "v1@900=1", "v1")]
    [InlineData("keep=0 inuse=registry.example.com/team/app:v1", "v1@900=1 v2@900=2", "v2")]
    [InlineData("keep=0 inuse=reg.cn-shanghai.cr.aliyuncs.com/team/app:v1", "v1@900 v2@900=2", "v2")]
    // The same row twice counts once. Rows of one tag that differ do not tell which image it has.
    [InlineData("keep=2", "a@1=1 a@1=1 b@2=2 c@3=3", "c")]
    [InlineData("keep=1", "a@1=1 a@2=2 b@3=3 c@4=2", "")]
    [InlineData("keep=1", "a@1=1 a@2=2 b@3=3 c@4=4", "c")]
    [InlineData("older=90", "a@100=1 a@1=1", "")]
    [InlineData("older=90", "a@1=1 a@100=1", "")]
    public void Decides_which_tags_are_stale(string rule, string tags, string stale) =>
        Assert.Equal(stale, TestRegistry.StaleOf(TestRegistry.Rule(rule).Evaluate(TestRegistry.Tags(tags))));

    [Theory]
    [InlineData("keep=2", "a@1=1", "among the 2 newest")]
    [InlineData("keep=1", "a@1=1", "the newest tag")]
    [InlineData("keep=0", "a@1=1", "-KeepLatest is 0")]
    [InlineData("keep=1", "a@2=1 b@1=2", "not the newest tag")]
    [InlineData("keep=2", "a@3=1 b@2=2 c@1=3", "not among the 2 newest")]
    [InlineData("older=90", "a@90.5=1", "older than 2026-03-03 12:00:00Z")]
    [InlineData("older=90", "a@89.5=1", "not older than 2026-03-03 12:00:00Z")]
    [InlineData("keep=1 older=90", "a@91=1 b@1=2", "not the newest tag, older than 2026-03-03 12:00:00Z")]
    [InlineData("keep=0 older=90", "a@91=1", "older than 2026-03-03 12:00:00Z")]
    [InlineData("keep=1 older=90", "a@5=1 b@1=2", "not older than 2026-03-03 12:00:00Z")]
    [InlineData("keep=0", "latest@1=1", "the tag latest is always kept")]
    [InlineData("keep=0 protect=a*", "a@1=1", "protected by 'a*'")]
    [InlineData("keep=0 protect=b protect=a protect=a*", "a@1=1", "protected by 'a'")]
    [InlineData("keep=0", "a=1", "no ImageUpdate")]
    [InlineData("keep=0", "a@1", "no Digest")]
    [InlineData("keep=0", "a@1=1 a@1=2", "listed with different digests or times")]
    [InlineData("older=90", "v1@100=1 prod@1=1", "same digest as kept tag 'prod'")]
    [InlineData("older=90", "v1@100=1 abc@2=1 prod@1=1", "same digest as kept tag 'prod'")]
    [InlineData("older=90", "v1@100=1 prod@1=1 main@0.5=1 abc@0.5=1", "same digest as kept tag 'abc'")]
    [InlineData("older=90", "sig:1@100=2 v1@1=1", "belongs to kept image 111111111111")]
    [InlineData("older=90", "sig:1@1=2 v1@100=1", "belongs to stale image 111111111111")]
    [InlineData("older=90", "sig:2@100=3 sig:1@100=2 x@1=2 v1@100=1", "belongs to kept image 222222222222")]
    [InlineData("older=90", "sig:1@1=2", "its image is not in the input")]
    [InlineData("older=90", "x@100=2 sig:1@1=2", "same digest as kept tag 'sha256-1111111111111111111111111111111111111111111111111111111111111111.sig'")]
    [InlineData("older=90 inuse=h.cn-shanghai.cr.aliyuncs.com/team/app:v1", "v1@1=1", "in use by 'h.cn-shanghai.cr.aliyuncs.com/team/app:v1'")]
    [InlineData("older=90 inuse=h.example.com/team/app:a inuse=h.example.com/team/app:b", "b@1=1 a@1=1", "in use by 'h.example.com/team/app:a'")]
    [InlineData("older=90 inuse=h.example.com/team/app:b inuse=h.example.com/team/app:a", "a@1=1 b@1=1", "in use by 'h.example.com/team/app:a'")]
    [InlineData("older=90 inuse=h.cn-shanghai.cr.aliyuncs.com/team/app:v1", "latest@1=1 v1@1=1", "in use by 'h.cn-shanghai.cr.aliyuncs.com/team/app:v1'")]
    [InlineData("keep=0 inuse=h.example.com/team/app@sha256:2222222222222222222222222222222222222222222222222222222222222222", "sig:1@900=2", "in use by 'h.example.com/team/app@sha256:2222222222222222222222222222222222222222222222222222222222222222'")]
    [InlineData("older=90 protect=x", "x@1=1 latest@1=1", "protected by 'x'")]
    public void Returns_reason(string rule, string tags, string reason) => Assert.Equal(reason, TestRegistry.Rule(rule).Evaluate(TestRegistry.Tags(tags)).Reason(0));

    [Fact]
    public void Rejects_rule_without_a_condition() => Assert.Throws<InvalidOperationException>(() => TestRegistry.Rule("protect=a").Evaluate(TestRegistry.Tags("b@1=1")));

    [Fact]
    public void Compares_instants_whatever_their_kind()
    {
        var limit = TestRegistry.Now;
        var tags = TestRegistry.Tags("a@0=1 b@0=2 c@0=3 d@0=4");
        tags[0].ImageUpdate = limit.AddSeconds(-1);
        tags[1].ImageUpdate = limit.AddSeconds(-1).ToLocalTime();
        tags[2].ImageUpdate = limit.AddSeconds(1);
        tags[3].ImageUpdate = DateTime.SpecifyKind(limit.AddSeconds(1).ToLocalTime(), DateTimeKind.Unspecified);

        Assert.Equal("a b", TestRegistry.StaleOf(new RetentionRule { OlderThan = limit }.Evaluate(tags)));
    }

    [Theory]
    [InlineData('1', ".sig", false)]
    [InlineData('A', "", false)]
    [InlineData('1', ".att", false)]
    [InlineData('1', ".sbom", false)]
    [InlineData('1', ".vex", false)]
    [InlineData('1', ".bundle", false)]
    [InlineData('f', ".sig", false)]
    [InlineData('F', ".sig", false)]
    [InlineData('0', ".sig", false)]
    [InlineData('9', ".sig", false)]
    [InlineData('/', ".sig", true)]
    [InlineData(':', ".sig", true)]
    [InlineData('@', ".sig", true)]
    [InlineData('G', ".sig", true)]
    [InlineData('`', ".sig", true)]
    [InlineData('1', ".foo", true)]
    [InlineData('1', ".si", true)]
    [InlineData('1', ".SIG", true)]
    [InlineData('1', ".sig2", true)]
    [InlineData('1', "1", true)]
    [InlineData('g', ".sig", true)]
    public void Recognizes_attached_tags_by_their_whole_name(char digit, string suffix, bool isOrdinary)
    {
        var tags = TestRegistry.Tags("x@100=2");
        tags[0].Tag = $"sha256-{new string(digit, 64)}{suffix}";

        Assert.Equal(isOrdinary, TestRegistry.Rule("older=90").Evaluate(tags).IsStale(0));
    }

    [Theory]
    [InlineData("SHA256:")]
    [InlineData("sha256:")]
    [InlineData("")]
    public void Compares_digests_without_prefix_and_case(string prefix)
    {
        var tags = TestRegistry.Tags("v1@100=1 v2@1=1 sig:b@100=3 v3@1=b v4@100=b");
        tags[0].Digest = prefix + tags[0].Digest;
        tags[4].Digest = prefix + tags[4].Digest!.ToUpperInvariant();

        Assert.Equal("", TestRegistry.StaleOf(TestRegistry.Rule("older=90").Evaluate(tags)));
    }

    [Theory]
    [InlineData("host.cn-shanghai.cr.aliyuncs.com/team/app@sha256:{0}")]
    [InlineData("host.cn-shanghai.cr.aliyuncs.com/team/app:gone@sha256:{0}")]
    [InlineData("docker-pullable://host.cn-shanghai.cr.aliyuncs.com/team/app@sha256:{0}")]
    // Kubernetes reports the digest under any name from which the node pulled it, and images are copied between repositories.
    [InlineData("host.cn-shanghai.cr.aliyuncs.com/team/web@sha256:{0}")]
    [InlineData("host.cn-shanghai.cr.aliyuncs.com/team/web:v9@SHA256:{0}")]
    [InlineData("sha256:{0}")]
    [InlineData("docker://sha256:{0}")]
    public void Keeps_image_that_is_in_use_by_its_digest(string reference)
    {
        var rule = TestRegistry.Rule("keep=0 inuse=" + string.Format(null, reference, TestRegistry.Digest("1")));

        Assert.Equal("v2", TestRegistry.StaleOf(rule.Evaluate(TestRegistry.Tags("v1@900=1 v2@900=2 sig:1@900=3"))));
        Assert.True(rule.InUse!.AnyMatched);
    }

    [Theory]
    [InlineData("team/app@sha256:{0}")]
    [InlineData("sha256:{0}")]
    public void Keeps_image_that_is_in_use_by_its_digest_in_any_case(string reference)
    {
        var tags = TestRegistry.Tags("v1@900=a v2@900=b sig:a@900=c");
        tags[0].Digest = tags[0].Digest!.ToUpperInvariant();
        var digest = string.Concat(Enumerable.Repeat("aA", 32));

        Assert.Equal("v2", TestRegistry.StaleOf(TestRegistry.Rule("keep=0 inuse=" + string.Format(null, reference, digest)).Evaluate(tags)));
    }

    [Fact]
    public void Ignores_digest_of_other_registry()
    {
        var rule = TestRegistry.Rule($"keep=0 inuse=docker.io/team/app@sha256:{TestRegistry.Digest("1")}");

        Assert.Equal("v1", TestRegistry.StaleOf(rule.Evaluate(TestRegistry.Tags("v1@900=1"))));
        Assert.False(rule.InUse!.AnyMatched);
    }

    [Fact]
    public void Keeps_image_that_is_in_use_by_its_ImageId()
    {
        var tags = TestRegistry.Tags("v1@900=1 v2@900=2");
        tags[0].ImageId = TestRegistry.Digest("c");

        Assert.Equal("v2", TestRegistry.StaleOf(TestRegistry.Rule($"keep=0 inuse=sha256:{TestRegistry.Digest("c")}").Evaluate(tags)));
    }

    [Fact]
    public void Keeps_signature_of_image_that_is_in_use_and_has_no_tag()
    {
        var result = TestRegistry.Rule($"keep=0 inuse=h.example.com/team/app@sha256:{TestRegistry.Digest("1")}").Evaluate(TestRegistry.Tags("sig:1@900=2"));

        Assert.StartsWith("in use by 'h.example.com/team/app@sha256:1111", result.Reason(0), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_patterns_and_references_without_match()
    {
        var rule = TestRegistry.Rule("keep=0 protect=a* protect=a protect=x inuse=h.example.com/team/app:gone");

        rule.Evaluate(TestRegistry.Tags("a@1=1 latest@1=2"));

        Assert.Equal(["x"], rule.Protect.Where(tags => !tags.HasMatched).Select(tags => tags.Pattern));
        Assert.False(rule.InUse!.AnyMatched);
    }

    [Fact]
    public void Shows_hostile_text_in_reason_as_escapes()
    {
        var tags = TestRegistry.Tags("x@900=1 v2@1=1");
        tags[1].Tag = "a\u001b[31m\u202e";

        Assert.Equal(@"same digest as kept tag 'a\u001b[31m\u202e'", TestRegistry.Rule("older=90").Evaluate(tags).Reason(0));
    }
}
