namespace CrRegistry.Retention;

/// <summary>The images that are in use. References to other registries are ignored.</summary>
internal sealed class ImagesInUse
{
    /// <summary>The references to tags, by the namespace and the name of the repository.</summary>
    private readonly Dictionary<string, Dictionary<string, ImageReference>> _tags = new(StringComparer.Ordinal);

    /// <summary>
    /// The references that have a digest. They apply to any repository, because an image may have been copied. Kubernetes also reports its digest under
    /// the name of any repository from which the node pulled it.
    /// </summary>
    private readonly Dictionary<string, ImageReference> _digests = new(StringComparer.OrdinalIgnoreCase);

    public ImagesInUse(IEnumerable<ImageReference> references)
    {
        foreach (var reference in references.Where(reference => !reference.IsOfOtherRegistry))
        {
            if (reference.Digest is not null) _digests[reference.Digest] = reference;
            if (reference.Tag is not null) AddTag(reference);
        }
    }

    /// <summary>True if a tag has matched a reference. If none has, the references may be those of another registry.</summary>
    public bool AnyMatched { get; private set; }

    /// <summary>Returns the reference to a tag or to its image; null if there is none.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="repositoryName">The namespace and the name of its repository.</param>
    /// <param name="digest">The digest of its image, or of the image that it is attached to.</param>
    public ImageReference? Find(ImageTag tag, string repositoryName, string? digest)
    {
        ImageReference? found = null;
        if (_tags.TryGetValue(repositoryName, out var tags)) tags.TryGetValue(tag.Tag, out found);
        // Kubernetes shows the ID of the image instead of its digest if the image has not been pulled.
        if (found is null && _digests.Count > 0 && (digest is null || !_digests.TryGetValue(digest, out found)) && tag.ImageId is { } imageId)
            _digests.TryGetValue(ImageDigest.WithoutAlgorithm(imageId), out found);
        AnyMatched |= found is not null;
        return found;
    }

    /// <summary>
    /// Adds the reference to a tag under the name of its repository, and under each end of that name, because a mirror adds its own path before it.
    /// </summary>
    private void AddTag(ImageReference reference)
    {
        var name = reference.Repository!;
        while (true)
        {
            if (!_tags.TryGetValue(name, out var tags)) _tags[name] = tags = new(StringComparer.Ordinal);
            tags[reference.Tag!] = reference;
            if (name.IndexOf('/') is not (>= 0 and var slash)) return;
            name = name.Substring(slash + 1);
        }
    }
}
