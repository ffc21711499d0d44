using System.Globalization;

namespace CrRegistry.Client.Tests.Removal.Simulation;

/// <summary>Random tags of repositories that share images, and random rules for them.</summary>
internal sealed class RandomRegistry(Random random)
{
    /// <summary>2026-01-01 in milliseconds. The tags are older.</summary>
    public const long Start = 1_767_225_600_000;

    private const long Day = 86_400_000;

    private readonly string[] _digests = [.. Enumerable.Range(1, random.Next(3, 80)).Select(number => number.ToString("x64", CultureInfo.InvariantCulture))];

    public IReadOnlyList<SimulatedTag> NewTags()
    {
        var tags = new Dictionary<string, SimulatedTag>(StringComparer.Ordinal);
        for (var count = random.Next(1, 60); count > 0; count--)
        {
            var name = random.Next(5) == 0 ? $"sha256-{AnyDigest()}{OneOf(".sig", ".att", ".sbom", "")}" : NewName();
            // Whole days, so that some are equal.
            long? update = random.Next(30) == 0 ? null : Start - (random.Next(1, 60) * Day);
            tags[name] = new SimulatedTag(name, AnyDigest(), update);
        }

        return [.. tags.Values];
    }

    /// <summary>Returns a rule.</summary>
    /// <param name="repositories">The names of repositories to which images in use refer.</param>
    public RetentionOracle NewRule(params string[] repositories)
    {
        var condition = random.Next(3);
        return new RetentionOracle
        {
            KeepLatest = condition == 0 ? null : random.Next(12),
            OlderThan = condition == 1 ? null : Start - (random.Next(60) * Day),
            Protect = [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(3) == 0 ? OneOf("release-*", "v1*", "sha256-*") : NewName())],
            References = [.. Enumerable.Range(0, random.Next(4)).Select(_ => NewReference(OneOf(repositories)))],
        };
    }

    private RetentionOracle.InUse NewReference(string repository) => random.Next(5) switch
    {
        0 => new(null, null, AnyDigest(), false),
        1 => new(repository, NewName(), AnyDigest(), false),
        2 => new(repository, null, AnyDigest(), false),
        3 => new(repository, NewName(), null, true),
        _ => new(repository, NewName(), null, false),
    };

    private string AnyDigest() => OneOf(_digests);

    private string NewName() => random.Next(20) == 0 ? "latest" : $"{OneOf("v", "V", "release-", "1.")}{random.Next(30)}";

    private string OneOf(params string[] texts) => texts[random.Next(texts.Length)];
}
