namespace CrRegistry;

/// <summary>A tag with the verdict of a retention rule: what Select-CrStaleTag returns.</summary>
public sealed class EvaluatedTag : ImageTag
{
    internal const string Stale = nameof(Stale);
    internal const string Kept = nameof(Kept);

    /// <summary>Initializes an empty object, as PowerShell does when it converts a hashtable.</summary>
    public EvaluatedTag()
    {
    }

    /// <summary>Initializes a copy of a tag. It has the mark of the tag's listing, so that a command that deletes it can check the mark.</summary>
    internal EvaluatedTag(ImageTag tag, bool isStale, string reason)
    {
        Tag = tag.Tag;
        Digest = tag.Digest;
        ImageId = tag.ImageId;
        Status = tag.Status;
        ImageSize = tag.ImageSize;
        ImageCreate = tag.ImageCreate;
        ImageUpdate = tag.ImageUpdate;
        InstanceId = tag.InstanceId;
        RegionId = tag.RegionId;
        RepoId = tag.RepoId;
        RepoNamespaceName = tag.RepoNamespaceName;
        RepoName = tag.RepoName;
        Origin = tag.Origin;
        Verdict = isStale ? Stale : Kept;
        Reason = reason;
    }

    /// <summary>The verdict: <c>Stale</c> or <c>Kept</c>. It is text, because an enumeration becomes a number in JSON and CLIXML.</summary>
    public string Verdict { get; set; } = string.Empty;

    /// <summary>The reason for the verdict, for example <c>among the 10 newest</c>.</summary>
    public string Reason { get; set; } = string.Empty;
}
