using CrRegistry.Client.Jobs;
using CrRegistry.Client.Listing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Api;

/// <summary>Reads all tags of a repository and counts them. Its messages are <see cref="RowsRead"/>, and one <see cref="RepositoryMeasured"/>.</summary>
/// <param name="open">Returns the way to the service for the requests of a job.</param>
/// <param name="repository">The repository.</param>
/// <param name="now">The time from which ages are counted, in UTC.</param>
internal sealed class MeasureJob(Func<JobContext, ApiSession> open, RepositoryScope repository, DateTime now) : IJob
{
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var session = open(context);
        var scope = repository;
        var measurement = new TagMeasurement(context, now);
        try
        {
            await session.UseAsync(repository, ReadAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (CrApiException failure)
        {
            await context.WriteAsync(new RepositoryMeasured(Name(new MeasuredRepository { Problem = failure.Message })), cancellationToken).ConfigureAwait(false);
            throw;
        }

        var measured = measurement.Result;
        Name(measured.Row);
        await context.WriteAsync(measured, cancellationToken).ConfigureAwait(false);

        async Task ReadAsync(RepositoryScope resolved, CancellationToken token)
        {
            scope = resolved;
            // If the ID of a name is out of date, the name is looked up again, and another repository is read.
            measurement = new TagMeasurement(context, now);
            var pages = new ResourcePages<ImageTag>(new Tags(resolved), session.Transport);
            await new CompleteListing<ImageTag>(pages, measurement, RowRange.LargestPageSize, context.PagesAhead).RunAsync(token).ConfigureAwait(false);
        }

        MeasuredRepository Name(MeasuredRepository row)
        {
            row.InstanceId = scope.Instance.InstanceId;
            row.RegionId = scope.Instance.RegionId;
            row.RepoId = scope.Repository.Id;
            row.RepoNamespaceName = scope.Repository.NamespaceName;
            row.RepoName = scope.Repository.Name;
            return row;
        }
    }
}

/// <summary>Counts the tags of a listing. It keeps a hash of each digest, and no tag.</summary>
/// <param name="context">The consumer of the messages.</param>
/// <param name="now">The time from which ages are counted, in UTC.</param>
internal sealed class TagMeasurement(JobContext context, DateTime now) : IListingConsumer<ImageTag>
{
    /// <summary>
    /// The number of tags for each message. A job waits while 16 of its messages are queued, which are read in the order of the jobs. With a message for
    /// each page, a job of 1,600 tags would wait for the jobs before it.
    /// </summary>
    private const int RowsPerMessage = 5000;

    /// <summary>The limits of the ages, in days.</summary>
    private static readonly int[] s_limits = [1, 7, 30, 90, 180, 365];

    private readonly SeenKeys _digests = new();

    /// <summary>The digests that only tags without a size have.</summary>
    private readonly HashSet<ulong> _withoutSize = [];

    private readonly long[] _ages = new long[s_limits.Length + 1];
    private long _tags;
    private long _tagsWithoutDigest;
    private long _imagesWithoutDigestAndSize;
    private long _size;
    private DateTime? _oldest;
    private DateTime? _newest;
    private int _unreported;

    /// <summary>The numbers of the tags so far.</summary>
    public RepositoryMeasured Result => new(new MeasuredRepository
    {
        Tags = _tags,
        Images = _digests.Count + _tagsWithoutDigest,
        Size = _size,
        Oldest = _oldest?.ToLocalTime(),
        Newest = _newest?.ToLocalTime(),
        AgeUnder1Day = _ages[0],
        Age1To7Days = _ages[1],
        Age7To30Days = _ages[2],
        Age30To90Days = _ages[3],
        Age90To180Days = _ages[4],
        Age180To365Days = _ages[5],
        AgeOver365Days = _ages[6],
    })
    {
        TagsWithoutTime = _tags - _ages.Sum(),
        TagsWithoutDigest = _tagsWithoutDigest,
        ImagesWithoutSize = _withoutSize.Count + _imagesWithoutDigestAndSize,
    };

    async Task<bool> IListingConsumer<ImageTag>.TakeAsync(Page<ImageTag> page, CancellationToken cancellationToken)
    {
        _tags += page.Rows.Count;
        foreach (var tag in page.Rows) AddTime(tag.ImageUpdate?.ToUniversalTime());
        AddImages(page.Rows);
        _unreported += page.Rows.Count;
        if (_unreported < RowsPerMessage) return true;
        await context.WriteAsync(new RowsRead(_unreported, page.TotalCount), cancellationToken).ConfigureAwait(false);
        _unreported = 0;
        return true;
    }

    /// <summary>Does not wait, because no rows are written.</summary>
    Task IListingConsumer<ImageTag>.FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IListingConsumer<ImageTag>.ReadingAgainAsync(string reason, CancellationToken cancellationToken) =>
        context.WriteAsync(new ListingReread(reason), cancellationToken);

    private void AddTime(DateTime? time)
    {
        if (time is not { } update) return;
        var age = now - update;
        _ages[s_limits.Count(limit => age >= TimeSpan.FromDays(limit))]++;
        if (!(_oldest <= update)) _oldest = update;
        if (!(_newest >= update)) _newest = update;
    }

    private void AddImages(IReadOnlyList<ImageTag> tags)
    {
        var identified = tags.Where(HasDigest).ToArray();
        _tagsWithoutDigest += tags.Count - identified.Length;
        foreach (var tag in tags)
        {
            if (HasDigest(tag)) continue;
            if (tag.ImageSize is { } size) AddSize(size);
            else _imagesWithoutDigestAndSize++;
        }

        var hashes = Array.ConvertAll(identified, tag => _digests.HashOf(tag.Digest!.ToLowerInvariant()));
        var areNew = _digests.Add(hashes);
        for (var index = 0; index < identified.Length; index++)
        {
            if (identified[index].ImageSize is not { } size)
            {
                if (areNew[index]) _withoutSize.Add(hashes[index]);
            }
            else if (areNew[index] || _withoutSize.Remove(hashes[index]))
            {
                AddSize(size);
            }
        }
    }

    private static bool HasDigest(ImageTag tag) => !string.IsNullOrEmpty(tag.Digest);

    private void AddSize(long size)
    {
        if (size > long.MaxValue - _size)
        {
            throw new CrApiException($"The reply to {Operation.ListRepoTag.Name} is not usable because the sum of the image sizes is more than {long.MaxValue} bytes.")
            {
                Code = CrErrorCode.InvalidResult,
                Action = Operation.ListRepoTag.Name,
            };
        }

        _size += size;
    }
}
