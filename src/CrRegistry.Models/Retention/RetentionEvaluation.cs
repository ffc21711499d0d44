namespace CrRegistry.Retention;

/// <summary>
/// One evaluation of a rule. An image is a digest; all of its tags have the same verdict. Tags and images are numbers here,
/// because a repository may have a million of them.
/// </summary>
internal sealed class RetentionEvaluation
{
    public const string LatestTag = "latest";

    private const int None = -1;
    private const long NoTime = long.MinValue;

    private readonly RetentionRule _rule;
    private readonly List<ImageTag> _tags;
    private readonly List<Cause> _causes;

    /// <summary>The ImageUpdate of each tag, in ticks of UTC. Local times are ambiguous in the hour in which clocks are set back.</summary>
    private readonly List<long> _times;

    /// <summary>The number of the image of each tag. A tag without a digest has an image of its own.</summary>
    private readonly List<int> _imageOf;

    /// <summary>The tags that are attached to an image in the input, each with the number of that image.</summary>
    private readonly List<(int Tag, int Image)> _attached = [];

    private int _imageCount;

    private RetentionEvaluation(RetentionRule rule, int count)
    {
        _rule = rule;
        (_tags, _causes, _times, _imageOf) = (new(count), new(count), new(count), new(count));
    }

    public static RetentionResult Run(RetentionRule rule, IReadOnlyList<ImageTag> tags)
    {
        var evaluation = new RetentionEvaluation(rule, tags.Count);
        var images = evaluation.NumberTags(tags);
        var inUseBy = evaluation.FindImagesInUse(images);
        evaluation.FindOwnCauses(images, inUseBy);
        evaluation.FollowImages();
        var keeperOf = evaluation.FindKeepers();
        return new RetentionResult(rule, evaluation._tags, [.. evaluation._causes], [.. evaluation._imageOf], keeperOf, inUseBy);
    }

    /// <summary>Numbers the tags and their images. The same row twice is one tag.</summary>
    /// <returns>The number of each digest.</returns>
    private Dictionary<string, int> NumberTags(IReadOnlyList<ImageTag> tags)
    {
        var images = new Dictionary<string, int>(tags.Count, StringComparer.OrdinalIgnoreCase);
        var numbers = new Dictionary<string, int>(tags.Count, StringComparer.Ordinal);
        for (var index = 0; index < tags.Count; index++)
        {
            var tag = tags[index];
            var time = tag.ImageUpdate?.ToUniversalTime().Ticks ?? NoTime;
            var image = _imageCount;
            if (DigestOf(tag) is not { } digest) _imageCount++;
            else if (!images.TryGetValue(digest, out image)) images.Add(digest, image = _imageCount++);

            var cause = Cause.None;
            if (numbers.TryGetValue(tag.Tag, out var earlier))
            {
                if (image == _imageOf[earlier] && time == _times[earlier]) continue;
                _causes[earlier] = cause = Cause.ListedTwice;
            }
            else
            {
                numbers.Add(tag.Tag, _tags.Count);
            }

            _tags.Add(tag);
            _causes.Add(cause);
            _times.Add(time);
            _imageOf.Add(image);
        }

        return images;
    }

    /// <summary>Finds the images that are in use, by any of their tags.</summary>
    /// <returns>The reference to each image; null if none is in use.</returns>
    private ImageReference?[]? FindImagesInUse(Dictionary<string, int> images)
    {
        if (_rule.InUse is not { } inUse) return null;
        var name = RepositoryName();
        var inUseBy = new ImageReference?[_imageCount];
        for (var index = 0; index < _tags.Count; index++)
        {
            var tag = _tags[index];
            var reference = inUse.Find(tag, name, DigestOf(tag));
            // An image without a tag can be in use by its digest. What is attached to it is then needed.
            if (ImageDigest.ImageOf(tag.Tag) is { } attachedTo && !images.ContainsKey(attachedTo)) reference ??= inUse.Find(tag, name, attachedTo);
            if (reference is null) continue;
            ref var shown = ref inUseBy[_imageOf[index]];
            if (shown is null || string.CompareOrdinal(reference.Text, shown.Text) < 0) shown = reference;
        }

        return inUseBy;
    }

    /// <summary>The name of the repository. Rows may lack it if the repository was specified by its ID.</summary>
    private string RepositoryName()
    {
        foreach (var tag in _tags)
            if (!string.IsNullOrEmpty(tag.RepoName)) return $"{tag.RepoNamespaceName}/{tag.RepoName}";
        return string.Empty;
    }

    /// <summary>Finds the tags that are kept for a reason of their own, and those that are attached to an image.</summary>
    private void FindOwnCauses(Dictionary<string, int> images, ImageReference?[]? inUseBy)
    {
        var newest = TimeOfLastNewest();
        var limit = _rule.OlderThan?.Ticks ?? long.MinValue;
        for (var index = 0; index < _tags.Count; index++)
        {
            var tag = _tags[index];
            var isProtected = IsProtected(tag.Tag);
            var time = _times[index];
            var attachedTo = ImageDigest.ImageOf(tag.Tag);
            if (inUseBy?[_imageOf[index]] is not null) _causes[index] = Cause.InUse;
            else if (isProtected) _causes[index] = Cause.Protected;
            else if (tag.Tag == LatestTag) _causes[index] = Cause.Latest;
            else if (_causes[index] == Cause.ListedTwice) continue;
            else if (time == NoTime) _causes[index] = Cause.NoImageUpdate;
            else if (DigestOf(tag) is null) _causes[index] = Cause.NoDigest;
            else if (attachedTo is null) _causes[index] = OfConditions(time);
            else if (!images.TryGetValue(attachedTo, out var image)) _causes[index] = Cause.NoImage;
            else _attached.Add((index, image));
        }

        Cause OfConditions(long time) =>
            time >= newest ? Cause.Newest
            : _rule.OlderThan is not null && time >= limit ? Cause.NotOlder
            : Cause.None;
    }

    /// <summary>True if a pattern protects a tag. Each pattern is tried until it has matched once, so that one without a match can be reported.</summary>
    private bool IsProtected(string tag)
    {
        var isProtected = false;
        foreach (var protect in _rule.Protect)
        {
            if ((isProtected && protect.HasMatched) || !protect.Matches(tag)) continue;
            isProtected = protect.HasMatched = true;
        }

        return isProtected;
    }

    /// <summary>Returns the time from which on tags are among the newest. All tags of that time are.</summary>
    private long TimeOfLastNewest()
    {
        if (_rule.KeepLatest is not (> 0 and var count)) return long.MaxValue;
        var times = new List<long>();
        for (var index = 0; index < _tags.Count; index++)
        {
            // The time of a tag whose rows differ is not known, and it must not take the place of another one.
            if (_causes[index] != Cause.ListedTwice && ImageDigest.ImageOf(_tags[index].Tag) is null) times.Add(_times[index]);
        }

        if (times.Count <= count) return NoTime;
        times.Sort();
        return times[times.Count - count];
    }

    /// <summary>
    /// Decides on attached tags by the verdict on their image. That image may have attached tags itself, as a bill of materials
    /// that is signed. So each image is decided after the images that its own tags are attached to.
    /// </summary>
    private void FollowImages()
    {
        if (_attached.Count == 0) return;
        var isKept = new bool[_imageCount];
        var undecided = new int[_imageCount];
        for (var index = 0; index < _tags.Count; index++) isKept[_imageOf[index]] |= _causes[index] != Cause.None;

        // The attached tags of each image, as a linked list.
        var first = new int[_imageCount];
        var next = new int[_attached.Count];
        for (var image = 0; image < _imageCount; image++) first[image] = None;
        for (var number = 0; number < _attached.Count; number++)
        {
            var (tag, image) = _attached[number];
            undecided[_imageOf[tag]]++;
            (next[number], first[image]) = (first[image], number);
        }

        var decided = new Stack<int>();
        for (var image = 0; image < _imageCount; image++)
            if (isKept[image] || undecided[image] == 0) decided.Push(image);
        while (decided.Count > 0)
        {
            var image = decided.Pop();
            for (var number = first[image]; number != None; number = next[number])
            {
                var tag = _attached[number].Tag;
                var own = _imageOf[tag];
                _causes[tag] = isKept[image] ? Cause.KeptImage : Cause.StaleImage;
                undecided[own]--;
                if (isKept[own] || (!isKept[image] && undecided[own] > 0)) continue;
                isKept[own] = isKept[image];
                decided.Push(own);
            }
        }

        // Tags that are attached to one another, and to no image that is decided.
        foreach (var (tag, _) in _attached)
            if (_causes[tag] == Cause.None) _causes[tag] = Cause.NoImage;
    }

    /// <summary>Finds the tag that keeps each image, and keeps the other tags of the image.</summary>
    /// <returns>The tag that keeps each image; -1 for a stale image.</returns>
    private int[] FindKeepers()
    {
        var keeperOf = new int[_imageCount];
        for (var image = 0; image < _imageCount; image++) keeperOf[image] = None;
        for (var index = 0; index < _tags.Count; index++)
        {
            if (IsStale(index)) continue;
            ref var keeper = ref keeperOf[_imageOf[index]];
            if (keeper == None || IsBetterKnown(index, keeper)) keeper = index;
        }

        for (var index = 0; index < _tags.Count; index++)
            if (IsStale(index) && keeperOf[_imageOf[index]] != None) _causes[index] = Cause.SharedDigest;
        return keeperOf;
    }

    private bool IsStale(int index) => _causes[index] is Cause.None or Cause.StaleImage;

    /// <summary>True if the first tag is newer than the second. The name decides between equal times, so that the order of the input does not.</summary>
    private bool IsBetterKnown(int first, int second) =>
        _times[first] != _times[second] ? _times[first] > _times[second] : string.CompareOrdinal(_tags[first].Tag, _tags[second].Tag) < 0;

    private static string? DigestOf(ImageTag tag) => string.IsNullOrEmpty(tag.Digest) ? null : ImageDigest.WithoutAlgorithm(tag.Digest!);
}
