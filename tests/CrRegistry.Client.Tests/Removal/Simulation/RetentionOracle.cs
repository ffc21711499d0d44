namespace CrRegistry.Client.Tests.Removal.Simulation;

/// <summary>
/// The rule of Select-CrStaleTag, as its help describes it, and independent of the implementation. A kept tag also keeps the tags with the same digest, and
/// those that are attached to its image.
/// </summary>
internal sealed record RetentionOracle
{
    private static readonly string[] s_attachedSuffixes = [".sig", ".att", ".sbom", ""];

    public int? KeepLatest { get; init; }

    /// <summary>The time in milliseconds before which tags may be stale.</summary>
    public long? OlderThan { get; init; }

    /// <summary>Exact names, or beginnings of names with an asterisk.</summary>
    public IReadOnlyList<string> Protect { get; init; } = [];

    public IReadOnlyList<InUse> References { get; init; } = [];

    /// <summary>Returns the names of the stale tags of one repository.</summary>
    public HashSet<string> StaleOf(string repository, IReadOnlyCollection<SimulatedTag> tags)
    {
        var kept = tags.Where(tag => IsKept(repository, tag, tags)).ToHashSet();
        for (var before = -1; before < kept.Count;)
        {
            before = kept.Count;
            var digests = kept.Select(tag => tag.Digest).ToHashSet();
            kept.UnionWith(tags.Where(tag => digests.Contains(tag.Digest) || (ImageOf(tag.Name) is { } image && digests.Contains(image))));
        }

        return [.. tags.Except(kept).Select(tag => tag.Name)];
    }

    /// <summary>Returns the digest of the image that a tag is attached to, or null.</summary>
    public static string? ImageOf(string name) =>
        name.StartsWith("sha256-", StringComparison.Ordinal) && name.Length >= 71 && s_attachedSuffixes.Contains(name[71..]) && name[7..71].All(char.IsAsciiHexDigit) ? name[7..71] : null;

    private bool IsKept(string repository, SimulatedTag tag, IReadOnlyCollection<SimulatedTag> tags)
    {
        if (tag.Name == "latest" || tag.Update is null || Protect.Any(pattern => Matches(pattern, tag.Name))) return true;
        if (References.Any(reference => IsUsed(reference, repository, tag.Name, tag.Digest))) return true;
        // An attached tag follows its image. If no tag has the image, it may be in use by its digest.
        if (ImageOf(tag.Name) is { } image) return tags.All(other => other.Digest != image);
        var newer = tags.Count(other => ImageOf(other.Name) is null && other.Update > tag.Update);
        return newer < KeepLatest || tag.Update >= OlderThan;
    }

    private static bool IsUsed(InUse reference, string repository, string name, string digest) =>
        reference.Repository is null ? !reference.IsOther && reference.Digest == digest
        : !reference.IsOther && reference.Repository == repository && (reference.Tag == name || reference.Digest == digest);

    private static bool Matches(string pattern, string name) => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;

    /// <summary>An image in use.</summary>
    /// <param name="Repository">The namespace and name; null for a digest alone.</param>
    /// <param name="Tag">The tag, or null.</param>
    /// <param name="Digest">The digest, or null.</param>
    /// <param name="IsOther">True if it is of another registry.</param>
    internal sealed record InUse(string? Repository, string? Tag, string? Digest, bool IsOther)
    {
        /// <summary>The reference as a container platform prints it.</summary>
        public override string ToString() => Repository is null
            ? $"sha256:{Digest}"
            : $"{(IsOther ? "docker.io" : "registry.example.com")}/{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@sha256:" + Digest)}";
    }
}
