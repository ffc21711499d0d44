using CrRegistry.Requests;

namespace CrRegistry.Cmdlets.Listing;

/// <summary>The warnings about tags that do not have all values, written once when the pipeline ends.</summary>
internal sealed class MeasureWarnings
{
    private readonly Gap _time = new();
    private readonly Gap _digest = new();
    private readonly Gap _size = new();

    /// <summary>Notes the missing values of a repository.</summary>
    public void Note(RepositoryMeasured measured, string repository)
    {
        _time.Note(measured.TagsWithoutTime, repository);
        _digest.Note(measured.TagsWithoutDigest, repository);
        _size.Note(measured.ImagesWithoutSize, repository);
    }

    public IEnumerable<string> All()
    {
        if (_time.Count > 0) yield return $"Tags without ImageUpdate: {_time}. They are counted in Tags, but not in the ages, and not in Oldest and Newest.";
        if (_digest.Count > 0) yield return $"Tags without Digest: {_digest}. Each of them is counted in Images and Size as an image of its own.";
        if (_size.Count > 0) yield return $"Images without ImageSize: {_size}. They are counted in Images, but not in Size.";
    }

    private sealed class Gap
    {
        private string? _first;

        public long Count { get; private set; }

        public void Note(long count, string repository)
        {
            Count += count;
            if (count > 0) _first ??= repository;
        }

        public override string ToString() => $"{Count}, the first in '{_first}'";
    }
}
