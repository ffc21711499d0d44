namespace CrRegistry.Retention;

/// <summary>The images that are in use. References to other registries are ignored.</summary>
internal sealed class ImagesInUse
{
    private readonly Dictionary<string, RepositoryReferences> _repositories = new(StringComparer.Ordinal);

    /// <summary>The references that are a digest alone. They may be of any repository.</summary>
    private readonly Dictionary<string, ImageReference> _digests = new(StringComparer.OrdinalIgnoreCase);

    public ImagesInUse(IEnumerable<ImageReference> references)
    {
        foreach (var reference in references.Where(reference => !reference.IsOfOtherRegistry))
        {
            if (reference.Repository is null)
            {
                _digests[reference.Digest!] = reference;
                continue;
            }

            if (!_repositories.TryGetValue(reference.Repository, out var repository)) _repositories[reference.Repository] = repository = new RepositoryReferences();
            if (reference.Tag is not null) repository.Tags[reference.Tag] = reference;
            if (reference.Digest is not null) repository.Digests[reference.Digest] = reference;
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
        if (_repositories.TryGetValue(repositoryName, out var repository) && !repository.Tags.TryGetValue(tag.Tag, out found) && digest is not null)
            repository.Digests.TryGetValue(digest, out found);
        // Kubernetes shows the ID of the image instead of its digest if the image has not been pulled.
        if (found is null && _digests.Count > 0 && (digest is null || !_digests.TryGetValue(digest, out found)) && tag.ImageId is { } imageId)
            _digests.TryGetValue(ImageDigest.WithoutAlgorithm(imageId), out found);
        AnyMatched |= found is not null;
        return found;
    }

    private sealed class RepositoryReferences
    {
        public Dictionary<string, ImageReference> Tags { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, ImageReference> Digests { get; } = new(StringComparer.OrdinalIgnoreCase);
    }
}
