using CrRegistry.Client.Jobs;
using CrRegistry.Client.Tests.Support;
using CrRegistry.Requests;

namespace CrRegistry.Client.Tests.Transport;

public sealed class OrderedJobQueueTests
{
    [Fact]
    public void Returns_messages_and_failures_in_order_of_jobs()
    {
        using var work = new OrderedJobQueue<string>(3, CancellationToken.None);
        var second = new TaskCompletionSource();
        work.Add("a", new Job(async context =>
        {
            await second.Task;
            await context.WriteAsync(new TextMessage("a1"), CancellationToken.None);
        }));
        work.Add("b", new Job(async context =>
        {
            await context.WriteAsync(new TextMessage("b1"), CancellationToken.None);
            second.SetResult();
            throw new InvalidOperationException("b failed");
        }));

        var events = new List<string>();
        while (work.Take(wait: true) is { } next) events.Add($"{next.Input}:{next.Message?.ToString() ?? next.Failure?.Message ?? "end"}");

        Assert.Equal(["a:a1", "a:end", "b:b1", "b:b failed"], events);
    }

    [Fact]
    public void Returns_only_ready_messages_without_wait()
    {
        using var work = new OrderedJobQueue<string>(1, CancellationToken.None);
        var go = new TaskCompletionSource();
        work.Add("a", new Job(async _ => await go.Task));

        Assert.Null(work.Take(wait: false));
        Assert.True(work.IsFull);
        go.SetResult();
        Assert.Equal("a", work.Take(wait: true)!.Value.Input);
        Assert.False(work.IsFull);
    }

    [Fact]
    public async Task Job_pauses_while_queue_is_full()
    {
        using var work = new OrderedJobQueue<string>(1, CancellationToken.None);
        var written = 0;
        work.Add("a", new Job(async context =>
        {
            for (; written < 1000; written++) await context.WriteAsync(new TextMessage($"{written}"), CancellationToken.None);
        }));
        var first = work.Take(wait: true)!.Value.Message;
        for (var before = -1; before != Volatile.Read(ref written); await Task.Delay(50)) before = Volatile.Read(ref written);

        Assert.Equal(new TextMessage("0"), first);
        Assert.InRange(Volatile.Read(ref written), 1, 20);
    }

    [Fact]
    public void Flush_waits_for_next_read()
    {
        using var work = new OrderedJobQueue<string>(1, CancellationToken.None);
        var flushed = false;
        work.Add("a", new Job(async context =>
        {
            await context.WriteAsync(new TextMessage("1"), CancellationToken.None);
            await context.FlushAsync(CancellationToken.None);
            flushed = true;
            await context.WriteAsync(new TextMessage("2"), CancellationToken.None);
        }));

        Assert.Equal(new TextMessage("1"), work.Take(wait: true)!.Value.Message);
        Assert.False(flushed);
        Assert.Equal(new TextMessage("2"), work.Take(wait: true)!.Value.Message);
        Assert.True(flushed);
    }

    [Fact]
    public async Task Later_job_does_not_block_places_of_earlier_job()
    {
        var names = Enumerable.Range(0, 20).Select(number => $"v{number}").ToArray();
        var registry = FakeRegistry.WithTags(20);
        var found = new TaskCompletionSource();
        registry.Hold = (request, _) => request.Action == "GetRepository" ? found.Task : Task.CompletedTask;
        var connection = Run.Connect(registry);
        using var work = new OrderedJobQueue<string>(2, CancellationToken.None);
        work.Add("first", connection.ListTags(FakeRegistry.Endpoint, Run.Query(Run.All, "team/app", names)));
        work.Add("second", connection.ListTags(FakeRegistry.Endpoint, Run.Query(Run.All, exact: names)));

        // The second job has written as many messages as it may before its turn, and has more.
        Assert.True(SpinWait.SpinUntil(() => registry.Requests.Count(request => request.Action == "GetRepoTag") >= 18, TimeSpan.FromSeconds(60)));
        found.SetResult();
        var tags = await Task.Run(() => Take(work)).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(40, tags);
    }

    [Fact]
    public async Task Dispose_cancels_jobs()
    {
        var work = new OrderedJobQueue<string>(1, CancellationToken.None);
        var ended = new TaskCompletionSource();
        work.Add("a", new Job(async (_, token) =>
        {
            using var end = token.Register(ended.SetResult);
            await ended.Task;
        }));

        work.Dispose();

        await ended.Task;
        Assert.Null(work.Take(wait: true));
    }

    [Fact]
    public async Task Cancellation_ends_flush()
    {
        using var work = new OrderedJobQueue<string>(1, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var flush = new TaskCompletionSource<Task>();
        work.Add("a", new Job((context, _) =>
        {
            flush.SetResult(context.FlushAsync(stop.Token));
            return Task.CompletedTask;
        }));
        var flushing = await flush.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flushing);
    }

    [Fact]
    public async Task Cancellation_ends_wait_for_job_that_ignores_it()
    {
        using var stop = new CancellationTokenSource();
        using var work = new OrderedJobQueue<string>(1, stop.Token);
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        work.Add("a", new Job(async _ =>
        {
            begun.SetResult();
            await end.Task;
        }));
        var taking = Task.Run(() => work.Take(wait: true), CancellationToken.None);
        await begun.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        end.SetResult();
    }

    [Fact]
    public void Does_not_return_messages_after_cancellation()
    {
        using var stop = new CancellationTokenSource();
        using var work = new OrderedJobQueue<string>(1, stop.Token);
        work.Add("a", new Job(async (context, _) =>
        {
            await context.WriteAsync(new TextMessage("1"), CancellationToken.None);
            await context.WriteAsync(new TextMessage("2"), CancellationToken.None);
        }));
        Assert.Equal(new TextMessage("1"), work.Take(wait: true)!.Value.Message);

        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => work.Take(wait: false));
    }

    [Fact]
    public void Job_canceled_by_other_token_is_a_failure()
    {
        using var work = new OrderedJobQueue<string>(1, CancellationToken.None);
        work.Add("a", new Job((_, _) => throw new OperationCanceledException()));

        Assert.IsAssignableFrom<OperationCanceledException>(work.Take(wait: true)!.Value.Failure);
    }

    [Fact]
    public async Task Releases_request_place_once()
    {
        using var work = new OrderedJobQueue<string>(1, CancellationToken.None);
        var third = new TaskCompletionSource<bool>();
        work.Add("a", new Job(async (context, _) =>
        {
            var place = await context.EnterRequestAsync(CancellationToken.None);
            place.Dispose();
            place.Dispose();
            using var second = await context.EnterRequestAsync(CancellationToken.None);
            using var gone = new CancellationTokenSource();
            var waiting = context.EnterRequestAsync(gone.Token);
            third.SetResult(waiting.IsCompleted);
            await gone.CancelAsync();
            await waiting;
        }));

        Assert.False(await third.Task);
        Assert.IsAssignableFrom<OperationCanceledException>(work.Take(wait: true)!.Value.Failure);
    }

    private static int Take(OrderedJobQueue<string> work)
    {
        var tags = 0;
        while (work.Take(wait: true) is { } next) tags += next.Message is Page<ImageTag> page ? page.Rows.Count : 0;
        return tags;
    }

    private sealed class Job(Func<JobContext, CancellationToken, Task> run) : IJob
    {
        public Job(Func<JobContext, Task> run)
            : this((context, _) => run(context))
        {
        }

        public Task RunAsync(JobContext context, CancellationToken cancellationToken) => run(context, cancellationToken);
    }
}
