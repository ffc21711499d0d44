using System.Globalization;

namespace CrRegistry.Retention;

/// <summary>The verdicts on the tags of a repository. A reason is written only when it is read, because most are never shown.</summary>
/// <param name="rule">The rule.</param>
/// <param name="tags">The tags. A row that was listed twice is here once.</param>
/// <param name="causes">The cause of the verdict on each tag.</param>
/// <param name="imageOf">The number of the image of each tag.</param>
/// <param name="keeperOf">For each image the tag that keeps it; -1 if it is stale.</param>
/// <param name="inUseBy">For each image the reference that names it; null if no image is in use.</param>
internal sealed class RetentionResult(RetentionRule rule, IReadOnlyList<ImageTag> tags, Cause[] causes, int[] imageOf, int[] keeperOf, ImageReference?[]? inUseBy)
{
    private const int ShortDigestLength = 12;

    private readonly string _staleReason = StaleReason(rule);

    public IReadOnlyList<ImageTag> Tags => tags;

    /// <summary>True if the tag at an index of <see cref="Tags"/> is stale.</summary>
    public bool IsStale(int index) => causes[index] is Cause.None or Cause.StaleImage;

    /// <summary>Returns the reason for the verdict, safe to display.</summary>
    public string Reason(int index)
    {
        var tag = tags[index];
        return causes[index] switch
        {
            Cause.None => _staleReason,
            Cause.StaleImage => $"belongs to stale image {ShortDigest(tag)}",
            Cause.KeptImage => $"belongs to kept image {ShortDigest(tag)}",
            Cause.NoImage => "its image is not in the input",
            Cause.InUse => $"in use by '{SafeText.Of(inUseBy![imageOf[index]]!.Text)}'",
            Cause.Protected => $"protected by '{SafeText.Of(rule.Protect.First(protect => protect.Matches(tag.Tag)).Pattern)}'",
            Cause.Latest => $"the tag {RetentionEvaluation.LatestTag} is always kept",
            Cause.ListedTwice => "listed with different digests or times",
            Cause.NoImageUpdate => "no ImageUpdate",
            Cause.NoDigest => "no Digest",
            Cause.Newest => rule.KeepLatest == 1 ? "the newest tag" : $"among the {rule.KeepLatest} newest",
            Cause.NotOlder => "not " + OlderThan(rule),
            _ => $"same digest as kept tag '{SafeText.Of(tags[keeperOf[imageOf[index]]].Tag)}'",
        };
    }

    private static string StaleReason(RetentionRule rule)
    {
        var newest = rule.KeepLatest switch
        {
            null or 0 => null,
            1 => "not the newest tag",
            var number => $"not among the {number} newest",
        };
        return (newest, rule.OlderThan) switch
        {
            (null, null) => "-KeepLatest is 0",
            (null, _) => OlderThan(rule),
            (_, null) => newest,
            _ => $"{newest}, {OlderThan(rule)}",
        };
    }

    private static string OlderThan(RetentionRule rule) => string.Format(CultureInfo.InvariantCulture, "older than {0:u}", rule.OlderThan);

    private static string ShortDigest(ImageTag tag) => ImageDigest.ImageOf(tag.Tag)!.Substring(0, ShortDigestLength);
}

/// <summary>The cause of a verdict.</summary>
internal enum Cause : byte
{
    /// <summary>Nothing keeps the tag, so it is stale.</summary>
    None,

    /// <summary>The tag is attached to a stale image, and stale with it.</summary>
    StaleImage,

    /// <summary>The tag is attached to a kept image.</summary>
    KeptImage,

    /// <summary>The tag is attached to an image without a tag in the input. It may be in use by its digest.</summary>
    NoImage,

    /// <summary>The image is in use.</summary>
    InUse,

    /// <summary>The user protects the tag.</summary>
    Protected,

    /// <summary>The tag is <c>latest</c>.</summary>
    Latest,

    /// <summary>Rows of the tag differ, so that its image or its time is not known.</summary>
    ListedTwice,

    /// <summary>The age is not known.</summary>
    NoImageUpdate,

    /// <summary>It is not known which other tags the image has.</summary>
    NoDigest,

    /// <summary>The tag is among the newest ones.</summary>
    Newest,

    /// <summary>The tag is not older than the limit.</summary>
    NotOlder,

    /// <summary>The tag shares its digest with a kept tag.</summary>
    SharedDigest,
}
