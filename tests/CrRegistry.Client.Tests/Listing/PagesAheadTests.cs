using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Listing;

public sealed class PagesAheadTests
{
    /// <summary>The largest number of requests while a consumer pauses: the received pages, the waiting ones, those in flight or read ahead, and the last one, which is read alone.</summary>
    private const int MostAtRest = 3 + 16 + 1 + 20 + 1;

    [Fact]
    public void Reads_ahead_within_limit_and_returns_pages_in_order()
    {
        var registry = FakeRegistry.WithTags(2501);
        int underWay = 0, most = 0;
        using var allOthersCame = new CountdownEvent(4);
        registry.Hold = async (request, token) =>
        {
            lock (registry) most = Math.Max(most, ++underWay);
            // Page 2 is held until four others are received, which is only possible if they are requested simultaneously.
            if (request["PageNo"] == "2") await Task.Run(() => Assert.True(allOthersCame.Wait(TimeSpan.FromSeconds(30), token)), token);
            else if (request["PageNo"] is not "1" && !allOthersCame.IsSet) allOthersCame.Signal();
            lock (registry) underWay--;
        };

        var run = Run.Of(registry, Run.Query(Run.All), throttleLimit: 4);

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
        Assert.InRange(most, 2, 4);
    }

    [Fact]
    public void Slow_page_does_not_block_others()
    {
        var registry = FakeRegistry.WithTags(5000);
        using var twentiethCame = new ManualResetEventSlim();
        registry.Hold = (request, token) =>
        {
            if (request["PageNo"] == "20") twentiethCame.Set();
            // With only as many pages as places, the last one requested beside page 2 would be page 11.
            return request["PageNo"] == "2" ? Task.Run(() => Assert.True(twentiethCame.Wait(TimeSpan.FromSeconds(30), token)), token) : Task.CompletedTask;
        };

        var run = Run.Of(registry, Run.Query(Run.All));

        Assert.Null(run.Failure);
        Assert.Equal(registry.Tags, run.Names);
    }

    [Fact]
    public async Task Pauses_reading_with_consumer()
    {
        var registry = FakeRegistry.WithTags(30_000);
        using var work = new OrderedJobQueue<string>(10, CancellationToken.None);
        work.Add("list", Run.Connect(registry).ListTags(FakeRegistry.Endpoint, Run.Query(Run.All)));
        var tags = TakePages(work, 3);

        await SettleAsync(registry);
        Assert.InRange(registry.PagesAsked.Count, 4, MostAtRest);
        tags.AddRange(TakePages(work, int.MaxValue));

        Assert.Equal(registry.Tags, tags);
    }

    [Fact]
    public async Task Stops_requests_when_consumer_stops()
    {
        var registry = FakeRegistry.WithTags(30_000);
        var underWay = 0;
        registry.Hold = async (request, token) =>
        {
            Interlocked.Increment(ref underWay);
            try
            {
                if (request["PageNo"] is "15") await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                Interlocked.Decrement(ref underWay);
            }
        };
        var work = new OrderedJobQueue<string>(10, CancellationToken.None);
        work.Add("list", Run.Connect(registry).ListTags(FakeRegistry.Endpoint, Run.Query(Run.All)));
        TakePages(work, 3);
        Assert.True(SpinWait.SpinUntil(() => registry.PagesAsked.Contains(15), TimeSpan.FromSeconds(60)));

        work.Dispose();

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref underWay) == 0, TimeSpan.FromSeconds(60)));
        await SettleAsync(registry);
        Assert.InRange(registry.PagesAsked.Count, 4, MostAtRest);
        Assert.Equal(0, underWay);
    }

    private static List<string> TakePages(OrderedJobQueue<string> work, int count)
    {
        var tags = new List<string>();
        while (count > 0 && work.Take(wait: true) is { } next)
        {
            Assert.Null(next.Failure);
            if (next.Message is not Page<ImageTag> page) continue;
            tags.AddRange(page.Rows.Select(tag => tag.Tag));
            count--;
        }

        return tags;
    }

    /// <summary>Waits until no more requests come.</summary>
    private static async Task SettleAsync(FakeRegistry registry)
    {
        for (var before = -1; before != registry.Requests.Count; await Task.Delay(100)) before = registry.Requests.Count;
    }
}
