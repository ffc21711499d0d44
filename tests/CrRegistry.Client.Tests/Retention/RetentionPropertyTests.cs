using CrRegistry.Retention;

namespace CrRegistry.Client.Tests.Retention;

/// <summary>What holds for every registry and every rule. A failed run prints its seed, which alone decides it.</summary>
public sealed class RetentionPropertyTests
{
    private const int Runs = 3000;

    [Fact]
    public void Decides_by_the_rule() => Check(random =>
    {
        var sample = Sample.Of(random);
        return sample.StaleBy(sample.Rule).SetEquals(sample.Expected) ? null : $"expected [{string.Join(' ', sample.Expected)}], got [{string.Join(' ', sample.StaleBy(sample.Rule))}]: {sample}";
    });

    [Fact]
    public void Keeps_no_tag_that_shares_its_digest_with_a_stale_tag() => Check(random =>
    {
        var sample = Sample.Of(random);
        var result = sample.Rule.Evaluate(sample.Tags);
        var groups = Enumerable.Range(0, result.Tags.Count).Where(index => result.Tags[index].Digest is not null).GroupBy(index => result.Tags[index].Digest, result.IsStale);
        return groups.All(group => group.Distinct().Count() == 1) ? null : sample.ToString();
    });

    [Fact]
    public void Does_not_depend_on_the_order() => Check(random =>
    {
        var sample = Sample.Of(random);
        var shuffled = sample.Tags.ToArray();
        random.Shuffle(shuffled);
        return Explained(sample.Rule.Evaluate(sample.Tags)).SequenceEqual(Explained(sample.Rule.Evaluate(shuffled))) ? null : sample.ToString();
    });

    [Fact]
    public void Another_pattern_makes_no_more_tags_stale() => Check(random =>
    {
        var sample = Sample.Of(random);
        var more = sample.With(random, moreProtected: true);
        return sample.StaleBy(more).IsSubsetOf(sample.StaleBy(sample.Rule)) ? null : sample.ToString();
    });

    [Fact]
    public void Another_reference_makes_no_more_tags_stale() => Check(random =>
    {
        var sample = Sample.Of(random);
        return sample.StaleBy(sample.With(random, moreInUse: true)).IsSubsetOf(sample.StaleBy(sample.Rule)) ? null : sample.ToString();
    });

    [Fact]
    public void A_larger_KeepLatest_makes_no_more_tags_stale() => Check(random =>
    {
        var sample = Sample.Of(random);
        return sample.StaleBy(sample.With(random, keepMore: 1 + random.Next(4))).IsSubsetOf(sample.StaleBy(sample.Rule)) ? null : sample.ToString();
    });

    [Fact]
    public void An_earlier_OlderThan_makes_no_more_tags_stale() => Check(random =>
    {
        var sample = Sample.Of(random);
        return sample.StaleBy(sample.With(random, older: random.Next(20))).IsSubsetOf(sample.StaleBy(sample.Rule)) ? null : sample.ToString();
    });

    [Fact]
    public void The_samples_have_stale_and_kept_tags()
    {
        var results = Enumerable.Range(0, Runs).Select(seed => Sample.Of(new Random(seed))).Select(sample => sample.StaleBy(sample.Rule).Count / (double)sample.Tags.Count).ToArray();

        Assert.InRange(results.Average(), 0.1, 0.9);
    }

    private static IEnumerable<string> Explained(RetentionResult result) =>
        Enumerable.Range(0, result.Tags.Count).Select(index => $"{result.Tags[index].Tag} {result.IsStale(index)} {result.Reason(index)}").Order(StringComparer.Ordinal);

    private static void Check(Func<Random, string?> violation)
    {
        var violations = Enumerable.Range(0, Runs).Select(seed => (Seed: seed, Violation: violation(new Random(seed)))).Where(run => run.Violation is not null).ToArray();

        Assert.True(violations.Length == 0, $"{violations.Length} violations:\n{string.Join('\n', violations.Take(10).Select(run => $"seed {run.Seed}: {run.Violation}"))}");
    }

    /// <summary>A random repository and a random rule, and what is stale by a slow reading of the rule.</summary>
    private sealed class Sample
    {
        private static readonly string[] s_kinds = ["sig", "att", "sbom", "ref"];

        private readonly List<string> _texts = [];
        private readonly List<string> _protect = [];
        private readonly List<string> _inUse = [];
        private int? _keep;
        private int? _older;

        private Sample()
        {
        }

        public List<ImageTag> Tags { get; private set; } = [];

        public RetentionRule Rule => RuleOf(_keep, _older, _protect, _inUse);

        public static Sample Of(Random random)
        {
            var sample = new Sample();
            var images = 1 + random.Next(16);
            var names = new HashSet<string>();
            for (var count = 1 + random.Next(24); count > 0; count--)
            {
                var name = random.Next(4) == 0 ? $"{s_kinds[random.Next(4)]}:{Letter(random.Next(images))}" : random.Next(30) == 0 ? "latest" : NameOf(random);
                if (!names.Add(name)) continue;
                var age = random.Next(40) == 0 ? "" : $"@{random.Next(20)}";
                var digest = random.Next(40) == 0 ? "" : $"={Letter(random.Next(images))}";
                sample._texts.Add(name + age + digest);
            }

            sample.Tags = TestRegistry.Tags(string.Join(' ', sample._texts));
            (sample._keep, sample._older) = random.Next(3) switch { 0 => (random.Next(6), null), 1 => ((int?)null, (int?)random.Next(20)), _ => (random.Next(6), random.Next(20)) };
            for (var count = random.Next(3); count > 0; count--) sample._protect.Add(PatternOf(random));
            for (var count = random.Next(3); count > 0; count--) sample._inUse.Add(ReferenceOf(random));
            return sample;
        }

        public RetentionRule With(Random random, bool moreProtected = false, bool moreInUse = false, int keepMore = 0, int older = 0) => RuleOf(
            _keep + keepMore, _older + older, moreProtected ? [.. _protect, PatternOf(random)] : _protect, moreInUse ? [.. _inUse, ReferenceOf(random)] : _inUse);

        public HashSet<string> StaleBy(RetentionRule rule)
        {
            var result = rule.Evaluate(Tags);
            return [.. Enumerable.Range(0, result.Tags.Count).Where(result.IsStale).Select(index => TestRegistry.ShortName(result.Tags[index].Tag))];
        }

        /// <summary>Adds a tag to the stale ones as long as there is one that may be added: the whole digest at once.</summary>
        public HashSet<string> Expected
        {
            get
            {
                var ordinary = Tags.Where(tag => ImageOf(tag) is null && tag.ImageUpdate is not null).Select(tag => tag.ImageUpdate!.Value.ToUniversalTime()).OrderDescending().ToArray();
                var stale = new HashSet<ImageTag>();
                for (var before = -1; before < stale.Count;)
                {
                    before = stale.Count;
                    foreach (var image in Tags.Where(tag => tag.Digest is not null).GroupBy(tag => tag.Digest))
                        if (image.All(tag => IsStale(tag, ordinary, stale))) stale.UnionWith(image);
                }

                return [.. stale.Select(tag => TestRegistry.ShortName(tag.Tag))];
            }
        }

        public override string ToString() => $"keep={_keep} older={_older} protect=[{string.Join(' ', _protect)}] inuse=[{string.Join(' ', _inUse)}] tags=[{string.Join(' ', _texts)}]";

        private bool IsStale(ImageTag tag, DateTime[] ordinary, HashSet<ImageTag> stale)
        {
            var isInUse = _inUse.Select(TestRegistry.Reference).Any(reference =>
                (reference.Repository == TestRegistry.Repository && reference.Tag == tag.Tag) || (reference.Digest is not null && reference.Digest == tag.Digest));
            if (isInUse || tag.ImageUpdate is not { } local || tag.Tag == "latest" || _protect.Any(pattern => TestRegistry.Pattern(pattern).Matches(tag.Tag))) return false;
            if (ImageOf(tag) is { } named) return Tags.Any(other => other.Digest == named) && Tags.Where(other => other.Digest == named).All(stale.Contains);
            var time = local.ToUniversalTime();
            return (_keep is null || ordinary.Count(other => other > time) >= _keep) && (_older is null || time < TestRegistry.Now.AddDays(-_older.Value));
        }

        private static string? ImageOf(ImageTag tag) => tag.Tag.StartsWith("sha256-", StringComparison.Ordinal) ? tag.Tag[7..71] : null;

        private static RetentionRule RuleOf(int? keep, int? older, IEnumerable<string> protect, IEnumerable<string> inUse) => new()
        {
            KeepLatest = keep,
            OlderThan = older is null ? null : TestRegistry.Now.AddDays(-older.Value),
            Protect = [.. protect.Select(TestRegistry.Pattern)],
            InUse = new ImagesInUse(inUse.Select(TestRegistry.Reference)),
        };

        private static string Letter(int number) => "0123456789abcdef".Substring(number, 1);

        private static string NameOf(Random random) => $"{"ab"[random.Next(2)]}{random.Next(10)}";

        private static string PatternOf(Random random) => random.Next(8) switch { 0 => "a*", 1 => "sha256-*", _ => NameOf(random) };

        private static string ReferenceOf(Random random) => random.Next(5) switch
        {
            0 => $"r.cn-shanghai.cr.aliyuncs.com/team/web:{NameOf(random)}",
            1 => $"r.cn-shanghai.cr.aliyuncs.com/team/app@sha256:{TestRegistry.Digest(Letter(random.Next(16)))}",
            2 => $"r.cn-shanghai.cr.aliyuncs.com/team/web@sha256:{TestRegistry.Digest(Letter(random.Next(16)))}",
            _ => $"r.cn-shanghai.cr.aliyuncs.com/team/app:{NameOf(random)}",
        };
    }
}
