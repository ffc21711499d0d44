using CrRegistry.Client.Jobs;
using CrRegistry.Client.Transport;
using CrRegistry.Client.Transport.Retry;
using CrRegistry.Client.Transport.Signing;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Support;

/// <summary>The result of one query, read like a pipeline.</summary>
internal sealed record Run(IReadOnlyList<Page<ImageTag>> Pages, IReadOnlyList<string> Missing, IReadOnlyList<RequestCompleted> Requests, Exception? Failure)
{
    public IReadOnlyList<RequestRetried> Retries { get; private init; } = [];

    public IReadOnlyList<ListingReread> Rereads { get; private init; } = [];

    public IReadOnlyList<ImageTag> Tags => [.. Pages.SelectMany(page => page.Rows)];

    public IReadOnlyList<string> Names => [.. Tags.Select(tag => tag.Tag)];

    public static Credential Credential { get; } = new("test-id", "test-secret");

    public static RowRange All { get; } = RowRange.Range(0, null, null);

    public static TagQuery Query(RowRange selection, string repository = FakeRegistry.RepoId, string[]? exact = null, Func<string, bool>? match = null)
    {
        Assert.True(RepositoryReference.TryParse(repository, out var reference));
        return new TagQuery(FakeRegistry.InstanceId, reference, selection) { ExactNames = exact ?? [], Match = match };
    }

    /// <summary>Returns a connection that shares nothing with those of other tests. It waits only if its clock does.</summary>
    public static CrConnection Connect(HttpMessageHandler? handler, TimeProvider? clock = null) =>
        new(new CrConnectionOptions { Credential = Credential, MessageHandler = handler, RetryPolicy = new RetryPolicy(clock ?? new TestClock()) });

    public static Run Of(FakeRegistry registry, TagQuery query, int throttleLimit = 10) =>
        Of(Connect(registry), query, throttleLimit);

    public static Run Of(FakeRegistry registry, RowRange selection) => Of(registry, Query(selection));

    public static Run Of(CrConnection connection, TagQuery query, int throttleLimit = 10, Uri? endpoint = null)
    {
        using var work = new OrderedJobQueue<string>(throttleLimit, CancellationToken.None) { ShowsCompletedRequests = true };
        work.Add("list", connection.ListTags(endpoint ?? FakeRegistry.Endpoint, query));
        var messages = new List<JobMessage>();
        Exception? failure = null;
        while (work.Take(wait: true) is { } next)
        {
            if (next.Message is { } message) messages.Add(message);
            failure ??= next.Failure;
        }

        return new Run(
            [.. messages.OfType<Page<ImageTag>>()], [.. messages.OfType<RowNotFound>().Select(missing => missing.Name)], [.. messages.OfType<RequestCompleted>()], failure)
        {
            Retries = [.. messages.OfType<RequestRetried>()],
            Rereads = [.. messages.OfType<ListingReread>()],
        };
    }
}
