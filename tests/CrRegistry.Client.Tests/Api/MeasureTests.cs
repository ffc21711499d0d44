using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Api;

/// <summary>The numbers of one repository.</summary>
public sealed class MeasureTests : IDisposable
{
    private static readonly DateTime s_now = new(2026, 11, 27, 12, 0, 0, DateTimeKind.Utc);

    private readonly FakeRegistry _registry = new();

    public void Dispose() => _registry.Dispose();

    [Theory]
    [InlineData("-1.00:00:00", 0)]
    [InlineData("00:00:00", 0)]
    [InlineData("0.23:59:59.999", 0)]
    [InlineData("1.00:00:00", 1)]
    [InlineData("6.23:59:59.999", 1)]
    [InlineData("7.00:00:00", 2)]
    [InlineData("29.23:59:59.999", 2)]
    [InlineData("30.00:00:00", 3)]
    [InlineData("89.23:59:59.999", 3)]
    [InlineData("90.00:00:00", 4)]
    [InlineData("179.23:59:59.999", 4)]
    [InlineData("180.00:00:00", 5)]
    [InlineData("364.23:59:59.999", 5)]
    [InlineData("365.00:00:00", 6)]
    [InlineData("4000.00:00:00", 6)]
    public void Counts_tag_in_age_with_inclusive_lower_limit(string age, int bucket)
    {
        WithRows(row => row["ImageUpdate"] = Milliseconds(s_now - TimeSpan.Parse(age, CultureInfo.InvariantCulture)), "a");

        Assert.Equal(Enumerable.Range(0, 7).Select(number => number == bucket ? 1L : 0L), Ages(Measure().Row));
    }

    [Fact]
    public void Has_times_of_oldest_and_newest_tag_in_local_time()
    {
        var days = new Queue<int>([5, 900, 2, 30]);
        WithRows(row => row["ImageUpdate"] = Milliseconds(s_now.AddDays(-days.Dequeue())), "a", "b", "c", "d");

        var row = Measure().Row;

        Assert.Equal((s_now.AddDays(-900).ToLocalTime(), s_now.AddDays(-2).ToLocalTime()), (row.Oldest, row.Newest));
        Assert.Equal((DateTimeKind.Local, DateTimeKind.Local), (row.Oldest!.Value.Kind, row.Newest!.Value.Kind));
    }

    [Theory]
    [InlineData("a=5 a=5 b=7", 2, 12)]
    [InlineData("ab=5 AB=5 sha256:ab=5 SHA256:aB=5", 1, 5)]
    [InlineData("a=5 b=5", 2, 10)]
    [InlineData("a= a=5 a=5", 1, 5)]
    [InlineData("a=5 a=", 1, 5)]
    [InlineData("a= a= b=7", 2, 7, 0, 1)]
    [InlineData("=5 =5 a=7", 3, 17, 2)]
    [InlineData("= a=7", 2, 7, 1, 1)]
    [InlineData("a=0", 1, 0)]
    [InlineData("sha256:=3 a=4", 2, 7, 1)]
    public void Counts_each_digest_once(string tags, long images, long size, long withoutDigest = 0, long withoutSize = 0)
    {
        var values = tags.Split(' ').Select(tag => tag.Split('=')).ToArray();
        var next = 0;
        WithRows(
            row =>
            {
                var (digest, bytes) = (values[next][0], values[next++][1]);
                row["Digest"] = digest;
                row["ImageSize"] = bytes.Length == 0 ? null : bytes;
            },
            [.. values.Select((_, index) => $"t{index}")]);

        var measured = Measure();

        Assert.Equal((values.Length, images, size), (measured.Row.Tags, measured.Row.Images, measured.Row.Size));
        Assert.Equal((withoutDigest, withoutSize), (measured.TagsWithoutDigest, measured.ImagesWithoutSize));
    }

    [Fact]
    public void Counts_tag_without_time_in_no_age()
    {
        WithRows(row => row["ImageUpdate"] = row["Tag"]!.GetValue<string>() == "b" ? Milliseconds(s_now) : null, "a", "b", "c");

        var measured = Measure();

        Assert.Equal((3L, 2L), (measured.Row.Tags, measured.TagsWithoutTime));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0], Ages(measured.Row));
        Assert.Equal(measured.Row.Oldest, measured.Row.Newest);
    }

    [Fact]
    public void Empty_repository_has_zeros_and_no_times()
    {
        var measured = Measure();

        Assert.Equal((0L, 0L, 0L, null, null, null), (measured.Row.Tags, measured.Row.Images, measured.Row.Size, measured.Row.Oldest, measured.Row.Newest, measured.Row.Problem));
        Assert.Equal(new long[7], Ages(measured.Row));
        Assert.Single(_registry.Requests);
    }

    /// <summary>Page 1, the last page, page 2, and both ends again.</summary>
    [Fact]
    public void Requests_pages_of_complete_list()
    {
        _registry.Tags = FakeRegistry.WithTags(250).Tags;

        Assert.Equal(250, Measure().Row.Tags);

        Assert.Equal([1, 1, 2, 3, 3], _registry.PagesAsked.Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(249)]
    [InlineData(null)]
    public void Counts_rows_and_not_TotalCount(int? total)
    {
        _registry.Tags = FakeRegistry.WithTags(250).Tags;
        _registry.WithTotal(total);

        Assert.Equal(250, Measure().Row.Tags);
    }

    [Fact]
    public void Counts_tag_once_that_moves_to_next_page()
    {
        _registry.Tags = FakeRegistry.WithTags(250).Tags;
        var isPushed = false;
        _registry.Change = (request, _) =>
        {
            if (!isPushed && request["PageNo"] == "1") _registry.Tags.Insert(0, "pushed");
            isPushed = true;
            return null;
        };

        Assert.Equal(251, Measure().Row.Tags);
    }

    [Theory]
    [InlineData("NoPrivilege")]
    [InlineData("REPO_NOT_EXIST")]
    public void Has_problem_and_no_numbers_if_page_fails(string code)
    {
        _registry.Tags = FakeRegistry.WithTags(250).Tags;
        _registry.Change = (request, _) => request["PageNo"] == "2" ? FakeRegistry.Reject(HttpStatusCode.Forbidden, code, "Not for you.") : null;

        var (row, failure) = Fail();

        Assert.Equal(code, failure.Code);
        Assert.Equal(failure.Message, row.Problem);
        Assert.Contains("Not for you.", row.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_problem_and_no_numbers_if_list_is_not_complete()
    {
        _registry.Tags = FakeRegistry.WithTags(250).Tags;
        _registry.Shown = (pageNo, _) => pageNo == 2 ? 1 : pageNo;

        var (row, failure) = Fail();

        Assert.IsType<IncompleteListingException>(failure);
        Assert.Equal(failure.Message, row.Problem);
    }

    [Fact]
    public void Has_problem_if_sizes_exceed_any_registry()
    {
        var next = 0;
        WithRows(
            row =>
            {
                row["Digest"] = $"d{next++}";
                row["ImageSize"] = long.MaxValue.ToString(CultureInfo.InvariantCulture);
            },
            "a", "b");

        var (row, failure) = Fail();

        Assert.Equal(CrErrorCode.InvalidResult, failure.Code);
        Assert.Contains("the sum of the image sizes is more than 9223372036854775807 bytes", row.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Problem_names_repository_of_request()
    {
        _registry.Change = (_, _) => FakeRegistry.Reject(HttpStatusCode.NotFound, "REPO_NOT_EXIST");

        var row = Fail("team/app").Row;

        Assert.Equal((FakeRegistry.InstanceId, "cn-test", null, "team", "app"), (row.InstanceId, row.RegionId, row.RepoId, row.RepoNamespaceName, row.RepoName));
    }

    [Theory]
    [InlineData("team/app", "team", "app", 2)]
    [InlineData(FakeRegistry.RepoId, null, null, 1)]
    public void Row_names_repository(string repository, string? namespaceName, string? name, int requests)
    {
        var row = Measure(repository).Row;

        Assert.Equal(
            (FakeRegistry.InstanceId, "cn-test", FakeRegistry.RepoId, namespaceName, name),
            (row.InstanceId, row.RegionId, row.RepoId, row.RepoNamespaceName, row.RepoName));
        Assert.Equal(requests, _registry.Requests.Count);
    }

    /// <summary>Tags of the deleted repository must not be counted in the new one.</summary>
    [Fact]
    public void Begins_again_if_known_ID_does_not_exist()
    {
        _registry.Tags = FakeRegistry.WithTags(250).Tags;
        var connection = Run.Connect(_registry);
        Measured("team/app", connection);
        var isOutOfDate = true;
        _registry.Change = (request, _) =>
        {
            if (!isOutOfDate || request.Parameters.GetValueOrDefault("PageNo") != "2") return null;
            isOutOfDate = false;
            return FakeRegistry.Reject(HttpStatusCode.NotFound, "REPO_NOT_EXIST");
        };

        var (messages, failure) = Measured("team/app", connection);

        Assert.Null(failure);
        Assert.Equal(250, messages.OfType<RepositoryMeasured>().Single().Row.Tags);
        Assert.False(isOutOfDate);
    }

    [Fact]
    public void Reports_rows_of_long_list()
    {
        _registry.Tags = FakeRegistry.WithTags(12_000).Tags;

        var (messages, failure) = Measured(FakeRegistry.RepoId, Run.Connect(_registry));

        Assert.Null(failure);
        Assert.Equal([(5000, 12_000L), (5000, 12_000L)], messages.OfType<RowsRead>().Select(read => (read.Rows, read.TotalCount!.Value)));
        Assert.IsType<RepositoryMeasured>(messages[^1]);
    }

    /// <summary>A message for each page would fill the queue of the second job, which is read after the first job has ended.</summary>
    [Fact]
    public void Reads_next_repository_to_its_end_while_first_one_waits()
    {
        _registry.Tags = FakeRegistry.WithTags(2500).Tags;
        var isRead = new TaskCompletionSource();
        var pages = 0;
        _registry.Hold = async (request, token) =>
        {
            if (request["RepoId"] == "crr-first") await isRead.Task.WaitAsync(TimeSpan.FromSeconds(60), token);
            // 25 pages, the one that proves the end, and both ends again.
            else if (Interlocked.Increment(ref pages) == 28) isRead.SetResult();
        };
        var connection = Run.Connect(_registry);
        using var jobs = new OrderedJobQueue<string>(4, CancellationToken.None);
        foreach (var id in new[] { "crr-first", "crr-second" }) jobs.Add(id, connection.Measure(FakeRegistry.Endpoint, Scope(id), s_now));

        var (messages, failure) = Take(jobs);

        Assert.Null(failure);
        Assert.Equal(["crr-first", "crr-second"], messages.OfType<RepositoryMeasured>().Select(measured => measured.Row.RepoId));
        Assert.All(messages.OfType<RepositoryMeasured>(), measured => Assert.Equal(2500, measured.Row.Tags));
    }

    private static long[] Ages(MeasuredRepository row) =>
        [.. new[] { row.AgeUnder1Day, row.Age1To7Days, row.Age7To30Days, row.Age30To90Days, row.Age90To180Days, row.Age180To365Days, row.AgeOver365Days }.Select(count => count!.Value)];

    private static string Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static RepositoryScope Scope(string repository)
    {
        Assert.True(RepositoryReference.TryParse(repository, out var reference));
        return new RepositoryScope(new InstanceScope(FakeRegistry.InstanceId, "cn-test"), reference);
    }

    private static (IReadOnlyList<JobMessage> Messages, Exception? Failure) Take(OrderedJobQueue<string> jobs)
    {
        var messages = new List<JobMessage>();
        Exception? failure = null;
        while (jobs.Take(wait: true) is { } next)
        {
            if (next.Message is { } message) messages.Add(message);
            failure ??= next.Failure;
        }

        return (messages, failure);
    }

    private static (IReadOnlyList<JobMessage> Messages, Exception? Failure) Measured(string repository, CrConnection connection)
    {
        using var jobs = new OrderedJobQueue<string>(10, CancellationToken.None);
        jobs.Add(repository, connection.Measure(FakeRegistry.Endpoint, Scope(repository), s_now));
        return Take(jobs);
    }

    /// <summary>Adds tags whose rows are changed in each reply. A list of one page is read once.</summary>
    private void WithRows(Action<JsonObject> change, params string[] tags)
    {
        _registry.Tags = [.. tags];
        _registry.With((_, body) =>
        {
            foreach (var row in body["Images"]!.AsArray()) change(row!.AsObject());
        });
    }

    private RepositoryMeasured Measure(string repository = FakeRegistry.RepoId)
    {
        var (messages, failure) = Measured(repository, Run.Connect(_registry));
        Assert.Null(failure);
        return Assert.Single(messages.OfType<RepositoryMeasured>());
    }

    private (MeasuredRepository Row, CrApiException Failure) Fail(string repository = FakeRegistry.RepoId)
    {
        var (messages, failure) = Measured(repository, Run.Connect(_registry));
        var row = Assert.Single(messages.OfType<RepositoryMeasured>()).Row;
        Assert.Equal((null, null, null, null, null), (row.Tags, row.Images, row.Size, row.Oldest, row.Newest));
        Assert.Equal((null, null, null, null), (row.AgeUnder1Day, row.Age1To7Days, row.Age7To30Days, row.Age30To90Days));
        Assert.Equal((null, null, null), (row.Age90To180Days, row.Age180To365Days, row.AgeOver365Days));
        return (row, Assert.IsAssignableFrom<CrApiException>(failure));
    }
}
