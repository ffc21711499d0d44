using System.Globalization;
using CrRegistry.Retention;

namespace CrRegistry.Client.Tests.Retention;

/// <summary>
/// Tags and conditions in a short form. <c>v1@100=a</c> is the tag v1, updated 100 days ago, with the digest aaaa…; without <c>@</c> it has no ImageUpdate,
/// and without <c>=</c> no digest. <c>sig:a</c>, <c>att:a</c>, <c>sbom:a</c> and <c>ref:a</c> are the tags that are attached to the image aaaa….
/// </summary>
internal static class TestRegistry
{
    public const string Repository = "team/app";

    public static DateTime Now { get; } = new(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    public static string Digest(string letter) => string.Concat(Enumerable.Repeat(letter, 64 / letter.Length));

    /// <summary>Returns the tags of <c>v1@100=a v2@5=b</c>.</summary>
    public static List<ImageTag> Tags(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Tag)];

    /// <summary>Returns the rule of <c>keep=10 older=90 protect=release-* inuse=host/team/app:v1</c>.</summary>
    public static RetentionRule Rule(string text)
    {
        var options = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('=', 2)).ToLookup(option => option[0], option => option[1]);
        return new RetentionRule
        {
            KeepLatest = options["keep"].Select(number => (int?)int.Parse(number, CultureInfo.InvariantCulture)).SingleOrDefault(),
            OlderThan = options["older"].Select(days => (DateTime?)Now.AddDays(-double.Parse(days, CultureInfo.InvariantCulture))).SingleOrDefault(),
            Protect = [.. options["protect"].Select(Pattern)],
            InUse = new ImagesInUse(options["inuse"].Select(Reference)),
        };
    }

    /// <summary>Returns a pattern that is an exact name, or ends with an asterisk.</summary>
    public static ProtectedTags Pattern(string text) => new(text, name => text.EndsWith('*') ? name.StartsWith(text[..^1], StringComparison.Ordinal) : name == text);

    public static ImageReference Reference(string text)
    {
        Assert.True(ImageReference.TryParse(text, out var reference), text);
        return reference!;
    }

    /// <summary>Returns the names of the stale tags in the short form, in the order of the input.</summary>
    public static string StaleOf(RetentionResult result) =>
        string.Join(' ', Enumerable.Range(0, result.Tags.Count).Where(result.IsStale).Select(index => ShortName(result.Tags[index].Tag)));

    public static string ShortName(string tag) =>
        tag.Length < 71 || !tag.StartsWith("sha256-", StringComparison.Ordinal) ? tag : $"{(tag.Length == 71 ? "ref" : tag[72..])}:{tag[7]}";

    private static ImageTag Tag(string text)
    {
        var (name, digest) = Split(text, '=');
        (name, var age) = Split(name, '@');
        if (name.Split(':') is [var kind, var image]) name = $"sha256-{Digest(image)}{(kind == "ref" ? "" : "." + kind)}";
        return new ImageTag
        {
            Tag = name,
            Digest = digest is null ? null : Digest(digest),
            ImageUpdate = age is null ? null : Now.AddDays(-double.Parse(age, CultureInfo.InvariantCulture)).ToLocalTime(),
            InstanceId = "cri-test",
            RepoId = "crr-app",
            RepoNamespaceName = "team",
            RepoName = "app",
        };
    }

    private static (string Before, string? After) Split(string text, char separator) => text.Split(separator) is [var before, var after] ? (before, after) : (text, null);
}
